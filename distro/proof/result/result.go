// Package result holds the tables that the programs print and write into docs/proof.md.
package result

import (
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"time"
)

// A Section is the part of docs/proof.md that one program writes.
type Section struct {
	Name    string // of the program
	Title   string
	Intro   string
	Columns []string
	Rows    [][]string
	Notes   []string
	// Pending are known faults that occurred.
	Pending []string
	// Problems are the faults that the program found. The test of a short form fails on them.
	Problems []string
}

// AddRow appends a row of values as they are printed.
func (s *Section) AddRow(values ...any) {
	row := make([]string, len(values))
	for i, v := range values {
		row[i] = strings.ReplaceAll(strings.ReplaceAll(fmt.Sprint(v), "|", "\\|"), "\n", " ")
	}
	s.Rows = append(s.Rows, row)
}

// Markdown returns the section with the machine, the command and the date.
func (s *Section) Markdown(command string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "## %s\n\n%s\n\n", s.Title, s.Intro)
	fmt.Fprintf(&b, "`%s` on %s, %s.\n\n", command, machine(), time.Now().UTC().Format("2006-01-02"))
	b.WriteString("| " + strings.Join(s.Columns, " | ") + " |\n" + strings.Repeat("|---", len(s.Columns)) + "|\n")
	for _, row := range s.Rows {
		b.WriteString("| " + strings.Join(row, " | ") + " |\n")
	}
	if len(s.Notes) > 0 {
		b.WriteString("\n" + strings.Join(s.Notes, "\n\n") + "\n")
	}
	writeList(&b, "Known faults:", s.Pending)
	writeList(&b, "Problems:", s.Problems)
	if len(s.Problems) == 0 {
		b.WriteString("\nNo problem was found that is not known.\n")
	}
	return b.String()
}

func writeList(b *strings.Builder, title string, lines []string) {
	if len(lines) == 0 {
		return
	}
	b.WriteString("\n" + title + "\n\n")
	for _, line := range lines {
		b.WriteString("- " + strings.ReplaceAll(line, "\n", " ") + "\n")
	}
}

// machine returns the processor, the number of its cores, the system and its load.
func machine() string {
	model := runtime.GOARCH
	data, _ := os.ReadFile("/proc/cpuinfo")
	for line := range strings.Lines(string(data)) {
		if rest, found := strings.CutPrefix(line, "model name"); found {
			model = strings.TrimSpace(strings.TrimLeft(rest, "\t :"))
			break
		}
	}
	system, err := exec.Command("uname", "-sr").Output()
	if err != nil {
		system = []byte(runtime.GOOS)
	}
	// Other work on the machine changes speed and latency: its load belongs to the result.
	load, _ := os.ReadFile("/proc/loadavg")
	average, _, _ := strings.Cut(string(load), " ")
	return fmt.Sprintf("%d × %s, %s, %s, load average %s", runtime.NumCPU(), model, strings.TrimSpace(string(system)), runtime.Version(), average)
}

const head = `# Proof

What the programs below [distro/proof](../distro/proof/README.md) measured on the built collector. The programs write this page: ` + "`make proof`" + `.
`

// Replace returns the page with the section of a program in place of its earlier one.
func Replace(page, name, section string) string {
	if page == "" {
		page = head
	}
	begin, end := "<!-- "+name+" -->\n", "<!-- end of "+name+" -->\n"
	section = begin + section + end
	before, rest, found := strings.Cut(page, begin)
	if !found {
		return strings.TrimRight(page, "\n") + "\n\n" + section
	}
	_, after, _ := strings.Cut(rest, end)
	return before + section + after
}
