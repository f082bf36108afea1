package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"os"
	"path/filepath"

	"github.com/opencontainers/go-digest"
	"github.com/opencontainers/image-spec/specs-go"
	ocispec "github.com/opencontainers/image-spec/specs-go/v1"
)

// A layout writes an image of several architectures in the format of the OCI.
type layout struct {
	folder  string
	release release
	level   int // of compression
	images  []ocispec.Descriptor
}

// addImage writes the image of one architecture, whose only layer is an archive.
func (l *layout) addImage(arch string, archive []byte) error {
	var packed bytes.Buffer
	zip, err := gzip.NewWriterLevel(&packed, l.level)
	if err != nil {
		return err
	}
	if _, err := zip.Write(archive); err != nil {
		return err
	}
	if err := zip.Close(); err != nil {
		return err
	}
	layer, err := l.writeBlob(ocispec.MediaTypeImageLayerGzip, packed.Bytes())
	if err != nil {
		return err
	}
	platform := ocispec.Platform{OS: "linux", Architecture: arch}
	created := l.release.created
	config, err := l.writeJSON(ocispec.MediaTypeImageConfig, ocispec.Image{
		Created: &created, Platform: platform, Config: l.release.config(),
		RootFS:  ocispec.RootFS{Type: "layers", DiffIDs: []digest.Digest{digest.FromBytes(archive)}},
		History: []ocispec.History{{Created: &created, CreatedBy: "distro/packaging/image"}},
	})
	if err != nil {
		return err
	}
	manifest, err := l.writeJSON(ocispec.MediaTypeImageManifest, ocispec.Manifest{
		Versioned: specs.Versioned{SchemaVersion: 2}, MediaType: ocispec.MediaTypeImageManifest,
		Config: config, Layers: []ocispec.Descriptor{layer}, Annotations: l.release.labels(),
	})
	if err != nil {
		return err
	}
	manifest.Platform = &platform
	l.images = append(l.images, manifest)
	return nil
}

// writeIndex writes the list of images under the name of the version, and the file that
// marks the folder as a layout. It returns the digest of the list.
func (l *layout) writeIndex() (digest.Digest, error) {
	index := ocispec.Index{Versioned: specs.Versioned{SchemaVersion: 2}, MediaType: ocispec.MediaTypeImageIndex, Manifests: l.images, Annotations: l.release.labels()}
	images, err := l.writeJSON(ocispec.MediaTypeImageIndex, index)
	if err != nil {
		return "", err
	}
	images.Annotations = map[string]string{ocispec.AnnotationRefName: l.release.version}
	index.Manifests, index.Annotations = []ocispec.Descriptor{images}, nil
	for name, value := range map[string]any{ocispec.ImageIndexFile: index, ocispec.ImageLayoutFile: ocispec.ImageLayout{Version: ocispec.ImageLayoutVersion}} {
		data, err := json.Marshal(value)
		if err != nil {
			return "", err
		}
		if err := os.WriteFile(filepath.Join(l.folder, name), data, 0o600); err != nil {
			return "", err
		}
	}
	return images.Digest, nil
}

func (l *layout) writeJSON(mediaType string, value any) (ocispec.Descriptor, error) {
	data, err := json.Marshal(value)
	if err != nil {
		return ocispec.Descriptor{}, err
	}
	return l.writeBlob(mediaType, data)
}

// writeBlob writes data under its digest.
func (l *layout) writeBlob(mediaType string, data []byte) (ocispec.Descriptor, error) {
	d := ocispec.Descriptor{MediaType: mediaType, Digest: digest.FromBytes(data), Size: int64(len(data))}
	folder := filepath.Join(l.folder, ocispec.ImageBlobsDir, d.Digest.Algorithm().String())
	if err := os.MkdirAll(folder, 0o750); err != nil {
		return d, err
	}
	return d, os.WriteFile(filepath.Join(folder, d.Digest.Encoded()), data, 0o600)
}
