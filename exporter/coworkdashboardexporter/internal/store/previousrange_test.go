package store

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// TestPreviousRange checks when the previous range has figures: if it is complete, and a
// user, an organization or a model has data in its first half. A later start would seem
// to be growth.
func TestPreviousRange(t *testing.T) {
	s := openStore(t, DefaultSettings())
	inTransaction := func(f report.Filter) [][]any {
		t.Helper()
		f.From, f.To = lastDay.From, lastDay.To
		table, err := s.Answer(t.Context(), report.Panel{Query: "select cost from spend_prior"}, f)
		require.NoError(t, err)
		return table.Rows
	}
	cost := func(sequence int, user, organization, model string, hoursAgo int) {
		t.Helper()
		e := request(sequence, 5)
		e.Attrs["user.account_uuid"], e.Attrs["organization.id"], e.Attrs["model"] = user, organization, model
		e.At = noon.Add(-time.Duration(hoursAgo)*time.Hour + time.Minute)
		add(t, s, e)
	}
	cost(1, "ada", "acme", "opus", 40)
	require.Empty(t, inTransaction(report.Filter{}), "some of the day before is not known")
	cost(2, "ada", "acme", "opus", 60)
	cost(3, "bob", "globex", "haiku", 30)
	cost(4, "cy", "acme", "opus", 5)
	before := func(micros int64) [][]any { return [][]any{{micros}} }
	require.Equal(t, before(10), inTransaction(report.Filter{}))
	require.Equal(t, before(5), inTransaction(report.Filter{User: "ada"}))
	require.Equal(t, before(5), inTransaction(report.Filter{Organization: "acme"}))
	require.Equal(t, before(5), inTransaction(report.Filter{Model: "opus"}))
	for _, late := range []report.Filter{{User: "bob"}, {Organization: "globex"}, {Model: "haiku"}, {User: "cy"}, {User: "nobody"}} {
		require.Empty(t, inTransaction(late), late)
	}
}
