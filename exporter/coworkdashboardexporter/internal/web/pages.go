package web

import (
	"bytes"
	"embed"
	"html/template"
	"net/http"
	"strconv"
)

//go:embed templates/*.html
var templateFiles embed.FS

// pages are the templates, one a page, each with the layout and the parts they share.
type pages map[string]*template.Template

func newPages(a *assets) pages {
	shared := template.Must(template.New("layout").Funcs(template.FuncMap{"asset": a.address}).
		ParseFS(templateFiles, "templates/layout.html", "templates/parts.html", "templates/charts.html"))
	all := pages{}
	for _, name := range []string{"overview", "prompts", "prompt", "setup", "error"} {
		all[name] = template.Must(template.Must(shared.Clone()).ParseFS(templateFiles, "templates/"+name+".html"))
	}
	return all
}

// write sends a page whole, or nothing of it.
func (p pages) write(w http.ResponseWriter, code int, name string, view any) {
	var b bytes.Buffer
	if err := p[name].ExecuteTemplate(&b, "layout", view); err != nil {
		http.Error(w, "the page could not be written", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Length", strconv.Itoa(b.Len()))
	w.WriteHeader(code)
	_, _ = w.Write(b.Bytes()) // a reader who has left
}
