package web

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"net/http"
	"path"
	"time"
)

//go:embed static
var staticFiles embed.FS

// assetTypes are the file types that are served. Licenses and readmes are not.
var assetTypes = map[string]string{
	".css": "text/css; charset=utf-8",
	".js":  "text/javascript; charset=utf-8",
	".svg": "image/svg+xml",
}

// assets are the static files. Their addresses contain one hash over all of them, so
// that scripts can import each other by relative names and browsers can cache them
// forever.
type assets struct {
	hash  string
	files map[string][]byte
}

func newAssets() *assets {
	a := &assets{files: map[string][]byte{}}
	sum := sha256.New()
	err := fs.WalkDir(staticFiles, "static", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || assetTypes[path.Ext(name)] == "" {
			return err
		}
		content, err := fs.ReadFile(staticFiles, name)
		a.files[name[len("static/"):]] = content
		sum.Write([]byte(name + "\x00"))
		sum.Write(content)
		return err
	})
	if err != nil {
		panic(err)
	}
	a.hash = hex.EncodeToString(sum.Sum(nil)[:8])
	return a
}

// address returns the address of a file.
func (a *assets) address(name string) string { return "/static/" + a.hash + "/" + name }

// serve serves a file. An address with another hash is not found.
func (a *assets) serve(w http.ResponseWriter, r *http.Request) error {
	name := r.PathValue("file")
	content, ok := a.files[name]
	if !ok || r.PathValue("hash") != a.hash {
		return errNotFound
	}
	h := w.Header()
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("Content-Type", assetTypes[path.Ext(name)])
	h.Set("ETag", `"`+a.hash+`"`)
	http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(content))
	return nil
}
