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

// fileTypes are the files that are served: what is not here, a licence's note or a
// readme, is only there to be read in the source.
var fileTypes = map[string]string{
	".css": "text/css; charset=utf-8",
	".js":  "text/javascript; charset=utf-8",
	".svg": "image/svg+xml",
}

// assets are the page's own files. One hash over all of them stands in their
// addresses, so that scripts can import each other by their plain names and a browser
// may keep what it has for good.
type assets struct {
	hash  string
	files map[string][]byte
}

func newAssets() *assets {
	a := &assets{files: map[string][]byte{}}
	sum := sha256.New()
	err := fs.WalkDir(staticFiles, "static", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || fileTypes[path.Ext(name)] == "" {
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

// address is where a file is served.
func (a *assets) address(name string) string { return "/static/" + a.hash + "/" + name }

// asset serves a file under the hash of what it is now; another hash is unknown.
func (s *server) asset(w http.ResponseWriter, r *http.Request) error {
	name := r.PathValue("file")
	content, ok := s.assets.files[name]
	if !ok || r.PathValue("hash") != s.assets.hash {
		return errUnknown
	}
	h := w.Header()
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("Content-Type", fileTypes[path.Ext(name)])
	h.Set("ETag", `"`+s.assets.hash+`"`)
	http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(content))
	return nil
}
