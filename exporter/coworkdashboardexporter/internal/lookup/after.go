package lookup

import (
	"encoding/base64"
	"encoding/json"
	"strconv"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// The end of a page is the value that its last row is sorted by, with the id of the row.
// The next page begins behind both, whatever was added or deleted meanwhile.

// formatAfter returns the end of a page as it is in an address.
func formatAfter(value, id string) string {
	text, _ := json.Marshal([2]string{value, id}) // cannot fail for strings
	return base64.RawURLEncoding.EncodeToString(text)
}

// parse returns the value and the id of the end of a page.
func (o order) parse(after string) (value any, id string, err error) {
	text, err := base64.RawURLEncoding.DecodeString(after)
	if err != nil {
		return nil, "", report.ErrAfter
	}
	var parts []string
	if err := json.Unmarshal(text, &parts); err != nil || len(parts) != 2 {
		return nil, "", report.ErrAfter
	}
	if o.isText {
		return parts[0], parts[1], nil
	}
	n, err := strconv.ParseInt(parts[0], 10, 64)
	if err != nil {
		return nil, "", report.ErrAfter
	}
	return n, parts[1], nil
}

// kind returns the SQL type of the value.
func (o order) kind() string {
	if o.isText {
		return "text"
	}
	return "bigint"
}
