package web

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"html/template"
	"io/fs"
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/urlquery"
)

//go:embed templates/*.html
var templateFiles embed.FS

//go:embed static
var staticFiles embed.FS

// assetTypes are the file types that are served. Licenses and readmes are not.
var assetTypes = map[string]string{
	".css": "text/css; charset=utf-8",
	".js":  "text/javascript; charset=utf-8",
	".svg": "image/svg+xml",
}

// assets are the static files and the templates. The addresses of files contain one hash
// over all of them, so that scripts can import each other by relative names and browsers
// can cache them forever.
type assets struct {
	hash      string
	files     map[string][]byte
	templates map[string]*template.Template
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
	a.templates = parseTemplates(a.files, func(name string) string { return "/static/" + a.hash + "/" + name })
	return a
}

// staticFile serves a file. An address with another hash is not found.
func staticFile(s *server, w http.ResponseWriter, r *http.Request, _ *urlquery.Query) error {
	a := s.assets
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

// sharedTemplates are the templates that all pages use.
var sharedTemplates = []string{"templates/layout.html", "templates/parts.html", "templates/charts.html"}

// parseTemplates returns the pages by name, each with the layout and the shared parts. The
// style sheet NAME.css and the script NAME.js of a page are loaded with it.
func parseTemplates(files map[string][]byte, address func(string) string) map[string]*template.Template {
	own := func(name string) func(string) string {
		return func(extension string) string {
			if _, ok := files[name+extension]; !ok {
				return ""
			}
			return address(name + extension)
		}
	}
	shared := template.Must(template.New("layout").Funcs(template.FuncMap{"asset": address, "own": own("")}).
		ParseFS(templateFiles, sharedTemplates...))
	all := map[string]*template.Template{}
	names, err := fs.Glob(templateFiles, "templates/*.html")
	if err != nil {
		panic(err)
	}
	for _, file := range names {
		if name := strings.TrimSuffix(path.Base(file), ".html"); !slices.Contains(sharedTemplates, file) {
			page := template.Must(shared.Clone()).Funcs(template.FuncMap{"own": own(name)})
			all[name] = template.Must(page.ParseFS(templateFiles, file))
		}
	}
	return all
}

// render sends a page. It sends an error without any part of the page if the template
// fails.
func (a *assets) render(w http.ResponseWriter, code int, name string, view any) {
	var b bytes.Buffer
	if err := a.templates[name].ExecuteTemplate(&b, "layout", view); err != nil {
		http.Error(w, "the page could not be rendered", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Length", strconv.Itoa(b.Len()))
	w.WriteHeader(code)
	_, _ = w.Write(b.Bytes()) // fails if the client has closed the connection
}
