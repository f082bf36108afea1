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

// templates are the pages by name, each with the layout and the shared parts.
type templates map[string]*template.Template

func parseTemplates(a *assets) templates {
	shared := template.Must(template.New("layout").Funcs(template.FuncMap{"asset": a.address}).
		ParseFS(templateFiles, "templates/layout.html", "templates/parts.html", "templates/charts.html"))
	all := templates{}
	for _, name := range []string{"overview", "prompts", "prompt", "setup", "error"} {
		all[name] = template.Must(template.Must(shared.Clone()).ParseFS(templateFiles, "templates/"+name+".html"))
	}
	return all
}

// render sends a page. It sends an error without any part of the page if the template
// fails.
func (t templates) render(w http.ResponseWriter, code int, name string, view any) {
	var b bytes.Buffer
	if err := t[name].ExecuteTemplate(&b, "layout", view); err != nil {
		http.Error(w, "the page could not be rendered", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Length", strconv.Itoa(b.Len()))
	w.WriteHeader(code)
	_, _ = w.Write(b.Bytes()) // fails if the client has closed the connection
}
