package details

import (
	"cmp"
	"slices"
	"strings"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/fact"
)

// A promptRow is a row of the table prompts, or what a commit adds to it.
type promptRow struct {
	id, session string
	user, org   int64
	start, end  int64 // Unix nanoseconds
	sums        [columns]int64
	models      []string
	modes       []string // permission modes
	closed      bool
	steps, cut  int64 // stored, and beyond the limit

	content              int64 // bytes of the stored contents
	contentsCut, refused int64 // contents that are not stored
}

// maxNames bounds the models, and the permission modes, of a prompt.
const maxNames = 8

// promptColumns are the columns of the table prompts, in the order of [promptRow.values].
var promptColumns = func() []string {
	list := []string{"id", "session_id", "user_id", "organization_id", "start_ns", "end_ns", "models", "modes", "closed", "steps", "cut", "content_bytes", "contents_cut", "contents_refused"}
	for _, s := range promptSums[:columns] {
		list = append(list, s.column)
	}
	return list
}()

// replacePrompt replaces the row of a prompt.
var replacePrompt = func() string {
	set := make([]string, 0, len(promptColumns))
	for _, column := range promptColumns[1:] {
		set = append(set, column+" = excluded."+column)
	}
	return "on conflict (id) do update set " + strings.Join(set, ", ")
}()

// values returns the values of the columns.
func (p *promptRow) values() []any {
	closed := 0
	if p.closed {
		closed = 1
	}
	values := append(make([]any, 0, len(promptColumns)),
		p.id, p.session, p.user, p.org, p.start, p.end, strings.Join(p.models, "\n"), strings.Join(p.modes, "\n"), closed, p.steps, p.cut, p.content, p.contentsCut, p.refused)
	for _, n := range p.sums {
		values = append(values, n)
	}
	return values
}

// scan reads the columns of a row.
func (p *promptRow) scan(row interface{ Scan(...any) error }) error {
	var models, modes string
	var closed int
	to := append(make([]any, 0, len(promptColumns)),
		&p.id, &p.session, &p.user, &p.org, &p.start, &p.end, &models, &modes, &closed, &p.steps, &p.cut, &p.content, &p.contentsCut, &p.refused)
	for i := range p.sums {
		to = append(to, &p.sums[i])
	}
	err := row.Scan(to...)
	p.closed = closed != 0
	p.models, p.modes = Lines(models), Lines(modes)
	return err
}

// merge adds what the row of the same prompt has, apart from its steps and contents.
func (p *promptRow) merge(o *promptRow) {
	p.session = cmp.Or(p.session, o.session)
	p.user, p.org = cmp.Or(p.user, o.user), cmp.Or(p.org, o.org)
	p.start, p.end = min(p.start, o.start), max(p.end, o.end)
	p.closed = p.closed || o.closed
	for i, n := range o.sums {
		p.sums[i] = min(p.sums[i]+n, fact.MaxAmount)
	}
	p.models, p.modes = addNames(p.models, o.models...), addNames(p.modes, o.modes...)
}

// addNames adds names that a list does not have yet.
func addNames(list []string, names ...string) []string {
	for _, name := range names {
		if name != "" && len(list) < maxNames && !slices.Contains(list, name) {
			list = append(list, name)
		}
	}
	return list
}

// Lines returns the names of a list that is stored with one per line.
func Lines(list string) []string {
	if list == "" {
		return nil
	}
	return strings.Split(list, "\n")
}

// addSteps returns how many of some further steps fit, and counts all of them.
func (p *promptRow) addSteps(n, most int64) int64 {
	fit := max(min(n, most-p.steps), 0)
	p.steps += fit
	p.cut += n - fit
	return fit
}
