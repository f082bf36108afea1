package detect

import (
	"testing"

	"github.com/cowork-otel/collector/internal/pii/internal/span"
)

func TestDataSource(t *testing.T) {
	checkRows(t, DataSource, isSign('@'), span.URLCredential, []row{
		{"", "app:Fennel4Quartz@tcp(db:3306)/shop", "Fennel4Quartz"},
		{"", "app:Fennel4Quartz@unix(/run/db.sock)/shop", "Fennel4Quartz"},
		{"", "jdbc:oracle:thin:scott/tiger@//db:1521/x", "tiger"},
		{"", "app:${PASSWORD}@tcp(db:3306)/shop", ""},
		{"", "app:xxxxx@tcp(db:3306)/shop", ""},
		{"", "mysql://app:xxxxx@tcp(db:3306)/shop", ""},
		{"", "app@tcp(db:3306)/shop", ""},
		{"", "scott/tiger@//db", "tiger"},
		{"", "scott/tiger@(DESCRIPTION=(ADDRESS=x))", "tiger"},
		{"", "app:Fennel4Quartz@host", ""},
	})
}
