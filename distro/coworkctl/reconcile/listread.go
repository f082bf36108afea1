package reconcile

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
)

// MaxSessions bounds the listed sessions, and those of the telemetry.
const MaxSessions = 500_000

var (
	errTooMany = fmt.Errorf("has more than %d sessions (select fewer with --from and --to)", MaxSessions)
	errShape   = errors.New("is no list of sessions (pages with data, JSON lines, or CSV with a header, each session with id, created_at and user would be right)")
	errUsage   = errors.New("is no cost report (rows by actor and day with starting_at and list_amount would be right)")
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
// returned once.
func ReadSessions(in io.Reader) ([]Listed, error) {
	var all []Listed
	seen := map[string]bool{}
	err := readRows(in, func(r row) error {
		l, ok := listedOf(r)
		switch {
		case !ok:
			return errShape
		case seen[l.ID]:
			return nil
		case len(all) == MaxSessions:
			return errTooMany
		}
		seen[l.ID] = true
		all = append(all, l)
		return nil
	})
	return all, err
}

func listedOf(r row) (Listed, bool) {
	l := Listed{
		ID:           r.first("id", "session_id"),
		Organization: r.first("organization_uuid", "organization_id", "organization.id", "organization.uuid"),
		UserID:       r.first("user.id", "user_id", "user.user_id", "started_by_user.id"),
		Email:        strings.ToLower(r.first("user.email_address", "user.email", "user_email", "email_address", "email", "started_by_user.email_address")),
		Surface:      r["product_surface"],
		Status:       r["status"],
	}
	l.Remote = strings.HasPrefix(l.ID, "cse_")
	l.Created, _ = time.Parse(time.RFC3339Nano, r.first("created_at", "started_at"))
	l.Updated, _ = time.Parse(time.RFC3339Nano, r.first("updated_at", "ended_at"))
	return l, l.ID != "" && !l.Created.IsZero()
}

// readRows calls add for each row of JSON or CSV.
func readRows(in io.Reader, add func(row) error) error {
	buffered := bufio.NewReader(in)
	for {
		c, err := buffered.Peek(1)
		if err != nil {
			return errShape // empty
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
		var value any
		switch err := decoder.Decode(&value); {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return errors.New("is no JSON, or is cut off")
		}
		if err := addRows(value, add); err != nil {
			return err
		}
	}
}

// addRows adds the rows of a page, of a list of pages or rows, or of one row.
func addRows(value any, add func(row) error) error {
	switch v := value.(type) {
	case []any:
		for _, one := range v {
			if err := addRows(one, add); err != nil {
				return err
			}
		}
		return nil
	case map[string]any:
		for _, name := range []string{"data", "sessions", "results"} {
			if list, ok := v[name].([]any); ok {
				return addRows(list, add)
			}
		}
		r := row{}
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

func readCSVRows(in io.Reader, add func(row) error) error {
	reader := csv.NewReader(in)
	reader.FieldsPerRecord = -1
	header, err := reader.Read()
	if err != nil {
		return errShape
	}
	for i := range header {
		header[i] = strings.ReplaceAll(strings.ToLower(strings.TrimSpace(header[i])), " ", "_")
	}
	for {
		cells, err := reader.Read()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return errors.New("is no CSV")
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
