package reconcile

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"
)

// MaxSessions bounds the listed sessions, and those of the telemetry.
const MaxSessions = 500_000

var (
	errTooMany = fmt.Errorf("has more than %d sessions (select fewer with --from and --to)", MaxSessions)
	errShape   = errors.New("is no list of sessions (pages with data, JSON lines, or CSV with a header, each session with id, created_at and user would be right)")
	errEmpty   = errors.New("is empty (an answer of the API would be right)")
	errCut     = errors.New("is no JSON, or is cut off (the whole answers of the API would be right)")
	errHeader  = errors.New("is no JSON, and no CSV with a known header (id and created_at of sessions, or starting_at of a report, would be right)")
	errCSV     = errors.New("is no CSV, or is cut off (a header, and a line for each session would be right)")
)

// A row is a session or a usage as text by the path of its field, such as user.id.
type row map[string]string

// first returns the first of some fields that has a value.
func (r row) first(fields ...string) string {
	for _, f := range fields {
		if r[f] != "" {
			return r[f]
		}
	}
	return ""
}

// ReadSessions reads pages of the API, JSON lines or CSV. Sessions that occur twice are
// returned once, with the last time of both.
func ReadSessions(in io.Reader) ([]ListedSession, error) {
	var list sessionList
	n := 0
	err := readRows(in, func(r row) error {
		n++
		if err := list.addSession(r); err != nil {
			return fmt.Errorf("row %d %w", n, err)
		}
		return nil
	})
	return list.all, err
}

// A sessionList collects sessions by their id.
type sessionList struct {
	all  []ListedSession
	byID map[string]int
}

func (s *sessionList) addSession(r row) error {
	l, ok := listedOf(r)
	at, known := s.byID[l.ID]
	switch {
	case !ok:
		return errShape
	case known: // a page was repeated, or the session went on between two pages
		if s.all[at].Updated.Before(l.Updated) {
			s.all[at].Updated = l.Updated
		}
		return nil
	case len(s.all) == MaxSessions:
		return errTooMany
	}
	if s.byID == nil {
		s.byID = map[string]int{}
	}
	s.byID[l.ID] = len(s.all)
	s.all = append(s.all, l)
	return nil
}

func listedOf(r row) (ListedSession, bool) {
	l := ListedSession{
		ID:           r.first("id", "session_id"),
		Organization: r.first("organization_uuid", "organization_id", "organization.id", "organization.uuid"),
		UserID:       r.first("user.id", "user_id", "user.user_id", "started_by_user.id"),
		Email:        strings.ToLower(r.first("user.email_address", "user.email", "user_email", "email_address", "email", "started_by_user.email_address")),
		Surface:      r["product_surface"],
		Status:       r["status"],
	}
	l.Remote = strings.HasPrefix(l.ID, "cse_")
	l.Created = parseTime(r.first("created_at", "started_at"))
	l.Updated = parseTime(r.first("updated_at", "ended_at"))
	return l, l.ID != "" && !l.Created.IsZero()
}

// timeForms are the forms of times in lists. A time without a zone is in UTC.
var timeForms = []string{time.RFC3339Nano, "2006-01-02T15:04:05Z0700", "2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05 MST", "2006-01-02T15:04:05", time.DateTime}

// parseTime returns a time, or zero for another text. Abbreviations of zones other than UTC
// are not known by all systems.
func parseTime(text string) time.Time {
	for _, form := range timeForms {
		at, err := time.Parse(form, text)
		if err == nil && (!strings.HasSuffix(form, "MST") || strings.HasSuffix(text, "UTC")) {
			return at.UTC()
		}
	}
	return time.Time{}
}

// readRows calls add for each row of JSON or CSV.
func readRows(in io.Reader, add func(row) error) error {
	buffered := bufio.NewReader(in)
	for {
		c, err := buffered.Peek(1)
		if err != nil {
			return errEmpty
		}
		if !strings.ContainsRune(" \t\r\n\ufeff", rune(c[0])) {
			if c[0] == '{' || c[0] == '[' {
				return readJSONRows(buffered, add)
			}
			return readCSVRows(buffered, add)
		}
		_, _ = buffered.ReadByte()
	}
}

func readJSONRows(in io.Reader, add func(row) error) error {
	decoder := json.NewDecoder(in)
	decoder.UseNumber()
	for {
		switch err := streamRows(decoder, add); {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		}
	}
}

// streamRows adds the rows of the next value, one at a time: a page can have all sessions of a
// year. The error is io.EOF at the end.
func streamRows(decoder *json.Decoder, add func(row) error) error {
	token, err := decoder.Token()
	switch {
	case errors.Is(err, io.EOF):
		return err
	case err != nil:
		return errCut
	case token == json.Delim('['):
		return streamList(decoder, add)
	case token != json.Delim('{'):
		return errShape
	}
	fields, isPage := map[string]any{}, false
	for decoder.More() {
		name, err := decoder.Token()
		if err != nil {
			return errCut
		}
		if name != "data" && name != "sessions" {
			var value any
			if decoder.Decode(&value) != nil {
				return errCut
			}
			fields[name.(string)] = value
			continue
		}
		if token, err = decoder.Token(); err != nil {
			return errCut
		}
		if token != json.Delim('[') {
			return errShape
		}
		isPage = true
		if err := streamList(decoder, add); err != nil {
			return err
		}
	}
	if _, err := decoder.Token(); err != nil {
		return errCut
	}
	if isPage {
		return nil
	}
	return addRows(fields, nil, add)
}

// streamList adds the rows of a list whose first delimiter was read.
func streamList(decoder *json.Decoder, add func(row) error) error {
	for decoder.More() {
		var value any
		if decoder.Decode(&value) != nil {
			return errCut
		}
		if err := addRows(value, nil, add); err != nil {
			return err
		}
	}
	if _, err := decoder.Token(); err != nil {
		return errCut
	}
	return nil
}

// nestedRows are the lists of rows in an object. Those of a page have rows of their own,
// those of a row have its fields too: a day with results, a person with models.
var nestedRows = []struct {
	name  string
	ofRow bool
}{{"data", false}, {"sessions", false}, {"results", true}, {"model_breakdown", true}}

// addRows adds the rows of a page, of a list of pages or rows, or of one row, with the fields
// of the row that has them.
func addRows(value any, outer row, add func(row) error) error {
	switch v := value.(type) {
	case []any:
		for _, one := range v {
			if err := addRows(one, outer, add); err != nil {
				return err
			}
		}
		return nil
	case map[string]any:
		r := row{}
		maps.Copy(r, outer)
		for _, nested := range nestedRows {
			list, ok := v[nested.name].([]any)
			if !ok {
				continue
			}
			if nested.ofRow {
				flatten(r, "", v)
			}
			return addRows(list, r, add)
		}
		flatten(r, "", v)
		return add(r)
	}
	return errShape
}

func flatten(r row, prefix string, object map[string]any) {
	for name, value := range object {
		switch v := value.(type) {
		case string:
			r[prefix+name] = v
		case json.Number:
			r[prefix+name] = v.String()
		case map[string]any:
			flatten(r, prefix+name+".", v)
		}
	}
}

// keyColumns are the columns of which a CSV has one at least.
var keyColumns = []string{"id", "session_id", "starting_at", "date", "day"}

func readCSVRows(in io.Reader, add func(row) error) error {
	reader := csv.NewReader(in)
	reader.FieldsPerRecord = -1
	header, err := reader.Read()
	if err != nil {
		return errCSV
	}
	for i := range header {
		header[i] = strings.ReplaceAll(strings.ToLower(strings.TrimSpace(header[i])), " ", "_")
	}
	if !slices.ContainsFunc(header, func(name string) bool { return slices.Contains(keyColumns, name) }) {
		return errHeader
	}
	for {
		cells, err := reader.Read()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return errCSV
		}
		r := row{}
		for i, cell := range cells {
			if i < len(header) {
				r[header[i]] = strings.TrimSpace(cell)
			}
		}
		if err := add(r); err != nil {
			return err
		}
	}
}
