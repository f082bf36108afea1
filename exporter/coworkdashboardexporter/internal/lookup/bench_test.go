package lookup

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/answer/answertest"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// BenchmarkChoices reads the choices of ten thousand users, which each page does.
func BenchmarkChoices(b *testing.B) {
	databases := map[string]func(*testing.B) string{
		"SQLite": func(b *testing.B) string {
			b.Helper()
			return filepath.Join(b.TempDir(), "page.db")
		},
		"PostgreSQL": func(b *testing.B) string {
			b.Helper()
			if server == nil {
				b.Skip("PostgreSQL is not installed (apt-get install postgresql)")
			}
			return server.Database(b)
		},
	}
	for engine, name := range databases {
		b.Run(engine, func(b *testing.B) {
			p := open(b, name(b))
			fleet := answertest.Fleet{Users: 10_000, Organizations: 20, Teams: 50, Days: 14, To: noon, Narrow: true}
			require.NoError(b, fleet.Fill(b.Context(), p.db))
			f := report.Filter{From: noon.Add(-90 * 24 * time.Hour), To: noon}
			for b.Loop() {
				c, err := p.Choices(b.Context(), f)
				require.NoError(b, err)
				require.Len(b, c.Users, maxChoices)
			}
		})
	}
}
