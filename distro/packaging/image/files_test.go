package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/opencontainers/go-digest"
	ocispec "github.com/opencontainers/image-spec/specs-go/v1"
	"github.com/stretchr/testify/require"
)

func readJSON(t *testing.T, file string, value any) {
	t.Helper()
	data, err := os.ReadFile(file)
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(data, value))
}

// readBlob reads a blob, and checks its size and digest.
func readBlob(t *testing.T, out string, d ocispec.Descriptor) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(out, "oci", "blobs", "sha256", d.Digest.Encoded()))
	require.NoError(t, err)
	require.Len(t, data, int(d.Size))
	require.Equal(t, d.Digest, digest.FromBytes(data))
	return data
}
