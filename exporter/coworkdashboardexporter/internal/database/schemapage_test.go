package database

import (
	"cmp"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/fact"
)

var update = flag.Bool("update", false, "write docs/dashboard-schema.md instead of comparing with it")

const schemaPage = "../../../../docs/dashboard-schema.md"

// TestSchemaPage compares docs/dashboard-schema.md with the comments of the migrations,
// the columns of a new database, and the questions.
func TestSchemaPage(t *testing.T) {
	d := describeSchema(t)
	written, err := os.ReadFile(schemaPage)
	require.NoError(t, err)
	page := string(written)
	for _, part := range []struct{ name, text string }{
		{"views", d.views()}, {"questions", questionList()}, {"sums", d.sums()}, {"records", d.records()},
	} {
		page = replacePart(t, page, part.name, part.text)
	}
	require.Empty(t, d.missing, "columns without a comment in migrations/sqlite")
	if *update {
		require.NoError(t, os.WriteFile(schemaPage, []byte(page), 0o644))
		return
	}
	require.Equal(t, string(written), page, "run go test ./exporter/coworkdashboardexporter/internal/database -run TestSchemaPage -update")
}

// replacePart replaces the text between the markers of a part.
func replacePart(t *testing.T, page, name, text string) string {
	t.Helper()
	begin, end := "<!-- "+name+" -->\n", "<!-- end of "+name+" -->"
	before, rest, found := strings.Cut(page, begin)
	require.True(t, found, begin)
	_, after, found := strings.Cut(rest, end)
	require.True(t, found, end)
	return before + begin + "\n" + text + "\n" + end + after
}

// A description is what the page shows of the schema.
type description struct {
	files   []describedFile
	columns map[string][]column
	added   map[string]string // the meaning of table.column, for columns that a later file adds
	missing []string
}

// A describedFile is a migration of SQLite.
type describedFile struct {
	tables     []describedTable
	dictionary []string // the described columns, in their order
	meaning    map[string]string
}

// A describedTable is a table or view with its comment. Tables that follow another one
// without a comment have that of the other.
type describedTable struct {
	name, comment string
	view          bool
	meaning       map[string]string // by column
}

var (
	dictionaryLine = regexp.MustCompile(`^--   (\w+): (.+)$`)
	createLine     = regexp.MustCompile(`^create (table|view) (\w+) `)
	addLine        = regexp.MustCompile(`^alter table (\w+) add column (\w+) [^;]+; -- (.+)$`)
	columnLine     = regexp.MustCompile(`^  (\w+) [a-z ]+,? -- (.+)$`)
)

func describeSchema(t *testing.T) *description {
	t.Helper()
	d := &description{columns: columnsOf(t, open(t, Settings{})), added: map[string]string{}}
	files, err := filepath.Glob("migrations/sqlite/*.sql")
	require.NoError(t, err)
	for _, file := range files {
		src, err := os.ReadFile(file)
		require.NoError(t, err)
		d.files = append(d.files, describeFile(string(src)))
		for line := range strings.SplitSeq(string(src), "\n") {
			if m := addLine.FindStringSubmatch(line); m != nil {
				d.added[m[1]+"."+m[2]] = m[3]
			}
		}
	}
	return d
}

func describeFile(src string) describedFile {
	f := describedFile{meaning: map[string]string{}}
	var text []string // the lines of the current comment
	for line := range strings.SplitSeq(src, "\n") {
		if m := dictionaryLine.FindStringSubmatch(line); m != nil {
			f.dictionary, f.meaning[m[1]] = append(f.dictionary, m[1]), m[2]
			text = nil
		} else if c, found := strings.CutPrefix(line, "-- "); found {
			text = append(text, c)
		} else if m := createLine.FindStringSubmatch(line); m != nil {
			f.tables = append(f.tables, describedTable{name: m[2], comment: strings.Join(text, " "), view: m[1] == "view", meaning: map[string]string{}})
			text = nil
		} else if m := columnLine.FindStringSubmatch(line); m != nil && len(f.tables) > 0 {
			f.tables[len(f.tables)-1].meaning[m[1]] = m[2]
		} else if line == "" {
			text = nil
		}
	}
	return f
}

// views returns the tables of views and of their columns. A view that a later file creates
// again is described as there.
func (d *description) views() string {
	var list, words strings.Builder
	list.WriteString("| view | holds | columns |\n|---|---|---|\n")
	words.WriteString("| column of a view | meaning |\n|---|---|\n")
	var names, dictionary []string
	comments, meaning := map[string]string{}, map[string]string{}
	for _, f := range d.files {
		before := len(names)
		for _, table := range f.tables {
			if table.view {
				names, comments[table.name] = append(names, table.name), table.comment
			}
		}
		if len(names) > before { // the dictionary is that of views
			dictionary = append(dictionary, f.dictionary...)
			maps.Copy(meaning, f.meaning)
		}
	}
	used := map[string]bool{}
	for _, view := range unique(names) {
		for _, name := range columnNames(d.columns[view]) {
			used[name] = true
			d.require(view, name, meaning[name])
		}
		fmt.Fprintf(&list, "| `%s` | %s | %s |\n", view, comments[view], code(columnNames(d.columns[view])))
	}
	for _, name := range unique(dictionary) {
		if used[name] {
			fmt.Fprintf(&words, "| `%s` | %s |\n", name, meaning[name])
		}
	}
	return list.String() + "\n" + words.String()
}

// unique returns each name once, at its first place.
func unique(names []string) (list []string) {
	for _, name := range names {
		if !slices.Contains(list, name) {
			list = append(list, name)
		}
	}
	return list
}

// sums returns the tables of the tables of sums and of their columns.
func (d *description) sums() string {
	var list, words strings.Builder
	list.WriteString("| table | holds | key | sums |\n|---|---|---|---|\n")
	words.WriteString("| column | meaning |\n|---|---|\n")
	for _, f := range d.files {
		used := map[string]bool{}
		for _, table := range f.tables {
			i := slices.IndexFunc(fact.Tables, func(sums fact.Table) bool { return sums.Of(sums.Grains[0]) == table.name })
			if i < 0 {
				continue
			}
			sums := &fact.Tables[i]
			var names []string
			for _, grain := range sums.Grains {
				names = append(names, sums.Of(grain))
			}
			columns := columnNames(d.columns[table.name])
			keys := len(sums.Key(fact.Hour))
			for _, grain := range names { // hour and day are columns of different tables
				for _, name := range columnNames(d.columns[grain]) {
					used[name] = true
					d.require(grain, name, f.meaning[name])
				}
			}
			fmt.Fprintf(&list, "| %s | %s | %s | %s |\n", code(names), table.comment, code(columns[1:keys]), code(columns[keys:]))
		}
		for _, name := range f.dictionary {
			if used[name] {
				fmt.Fprintf(&words, "| `%s` | %s |\n", name, f.meaning[name])
			}
		}
	}
	return list.String() + "\n" + words.String()
}

// records returns a table of columns for each table without sums. A table that a later file
// creates again is described as there.
func (d *description) records() string {
	var text strings.Builder
	latest := map[string]int{}
	for i, f := range d.files {
		for _, table := range f.tables {
			latest[table.name] = i
		}
	}
	for i, f := range d.files {
		for _, table := range f.tables {
			if table.view || latest[table.name] > i || strings.HasSuffix(table.name, "_hour") || strings.HasSuffix(table.name, "_day") || strings.HasSuffix(table.name, "_week") {
				continue
			}
			fmt.Fprintf(&text, "### %s\n\n%s\n\n| column | type | meaning |\n|---|---|---|\n", table.name, table.comment)
			for _, c := range d.columns[table.name] {
				meaning := cmp.Or(table.meaning[c.name], d.added[table.name+"."+c.name])
				if meaning == "" && strings.HasSuffix(c.name, "_id") && c.kind == "integer" {
					meaning = "refers to `names`"
				}
				d.require(table.name, c.name, meaning)
				if c.key > 0 {
					meaning += " (key)"
				}
				fmt.Fprintf(&text, "| `%s` | %s | %s |\n", c.name, c.kind, meaning)
			}
			text.WriteString("\n")
		}
	}
	return strings.TrimSuffix(text.String(), "\n")
}

// require records a column whose meaning is missing. Columns that refer to names need none.
func (d *description) require(table, column, meaning string) {
	if meaning == "" && !strings.HasSuffix(column, "_id") {
		d.missing = append(d.missing, table+"."+column)
	}
}

// questionList returns the questions with their queries.
func questionList() string {
	var text strings.Builder
	for _, q := range questions {
		fmt.Fprintf(&text, "**%s**\n\n```sql\n%s\n```\n\n", q.text, q.sql)
	}
	return strings.TrimSuffix(text.String(), "\n")
}

func columnNames(columns []column) (names []string) {
	for _, c := range columns {
		names = append(names, c.name)
	}
	return names
}

func code(names []string) string {
	if len(names) == 0 {
		return ""
	}
	return "`" + strings.Join(names, "`, `") + "`"
}
