package monthly

import (
	"bytes"
	"context"
	_ "embed" // the template
	"errors"
	"fmt"
	"html/template"
	"os"
	"os/exec"
	"path/filepath"
)

//go:embed report.html
var source string

// page renders a report. Every seventh day of its chart has a label.
var page = template.Must(template.New("report").Funcs(template.FuncMap{"labelled": func(i int) bool { return i%7 == 0 }}).Parse(source))

// HTML returns the report as an HTML file without scripts, which loads nothing.
func (r *Report) HTML() ([]byte, error) {
	var out bytes.Buffer
	err := page.Execute(&out, r)
	return out.Bytes(), err
}

// browsers are the names of Chromium, the first that is found is used.
var browsers = []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"}

// ErrNoBrowser reports that there is no browser to print a PDF file.
var ErrNoBrowser = errors.New("pdf: there is no Chromium on PATH (install it, or print the HTML file)")

// PDF returns the report as a PDF file, which a browser prints.
func (r *Report) PDF(ctx context.Context) ([]byte, error) {
	program := ""
	for _, name := range browsers {
		if found, err := exec.LookPath(name); err == nil {
			program = found
			break
		}
	}
	if program == "" {
		return nil, ErrNoBrowser
	}
	html, err := r.HTML()
	if err != nil {
		return nil, err
	}
	folder, err := os.MkdirTemp("", "coworkctl-report-")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(folder) }()
	in, out := filepath.Join(folder, "report.html"), filepath.Join(folder, "report.pdf")
	if err := os.WriteFile(in, html, 0o600); err != nil {
		return nil, err
	}
	args := []string{
		"--headless", "--disable-gpu", "--disable-background-networking", "--no-first-run", "--no-pdf-header-footer",
		"--user-data-dir=" + filepath.Join(folder, "profile"), "--print-to-pdf=" + out,
	}
	if os.Geteuid() == 0 { // Chromium has no sandbox for root; the file runs no script
		args = append(args, "--no-sandbox")
	}
	if err := exec.CommandContext(ctx, program, append(args, "file://"+in)...).Run(); err != nil {
		return nil, fmt.Errorf("pdf: Chromium failed (print the HTML file instead): %w", err)
	}
	pdf, err := os.ReadFile(out)
	if err != nil {
		return nil, errors.New("pdf: Chromium wrote no file (print the HTML file instead)")
	}
	return pdf, nil
}
