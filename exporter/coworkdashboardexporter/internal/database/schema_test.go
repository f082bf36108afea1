package database

import (
	"bufio"
	"context"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/fact"
)

// A column is a column of a table as an engine reports it.
type column struct {
	name    string
	kind    string // integer or text
	wide    bool   // 64 bits
	notNull bool
	key     int // the place in the primary key, 0 for others
}

// The queries of tables and columns by engine. A row is: table, column, type, not null,
// place in the primary key.
var columnQueries = map[string]string{
	"SQLite": `select t.name, c.name, c.type, c."notnull", c.pk from pragma_table_list t, pragma_table_info(t.name) c
		where t.type in ('table', 'view') and t.name not like 'sqlite%' order by t.name, c.cid`,
	"PostgreSQL": `select c.table_name, c.column_name, c.data_type, case c.is_nullable when 'NO' then 1 else 0 end,
		coalesce((select k.ordinal_position from information_schema.key_column_usage k join information_schema.table_constraints p
			on p.constraint_name = k.constraint_name and p.table_schema = k.table_schema
			where p.constraint_type = 'PRIMARY KEY' and k.table_schema = c.table_schema and k.table_name = c.table_name and k.column_name = c.column_name), 0)
		from information_schema.columns c where c.table_schema = current_schema() order by c.table_name, c.ordinal_position`,
}

// columnsOf returns the columns of all tables and views.
func columnsOf(t *testing.T, db *DB) map[string][]column {
	t.Helper()
	tables := map[string][]column{}
	require.NoError(t, db.Read(t.Context(), func(ctx context.Context, tx *Tx) error {
		rows, err := tx.Query(ctx, columnQueries[db.Engine()])
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var table, kind string
			var c column
			if err := rows.Scan(&table, &c.name, &kind, &c.notNull, &c.key); err != nil {
				return err
			}
			if strings.Contains(table, "migrations") {
				continue
			}
			c.wide = kind == "bigint"
			if c.kind = kind; c.wide || kind == "smallint" {
				c.kind = "integer"
			}
			c.kind = strings.ToLower(c.kind)
			tables[table] = append(tables[table], c)
		}
		return rows.Err()
	}))
	return tables
}

// TestDeclaredTables compares the tables of sums with the declaration in package fact.
func TestDeclaredTables(t *testing.T) {
	eachEngine(t, func(t *testing.T, db *DB) {
		t.Helper()
		stored := columnsOf(t, db)
		for i := range fact.Tables {
			table := &fact.Tables[i]
			for _, grain := range table.Grains {
				require.Equal(t, declared(table, grain, db.Engine()), stored[table.Of(grain)], table.Of(grain))
			}
		}
	})
}

// declared returns the columns that a table of sums should have.
func declared(table *fact.Table, grain fact.Grain, engine string) (columns []column) {
	wide := map[string]bool{fact.Hour.String(): true, fact.Bucket: true}
	key := table.Key(grain)
	names := slices.Clone(key)
	for _, sum := range table.Sums {
		names = append(names, sum.Name)
		wide[sum.Name] = sum.Wide
	}
	for i, name := range names {
		c := column{name: name, kind: "integer", wide: wide[name] && engine == "PostgreSQL", notNull: true}
		if i < len(key) {
			c.key = i + 1
		}
		columns = append(columns, c)
	}
	return columns
}

// TestEnginesHaveOneSchema compares tables, views and columns of both engines.
func TestEnginesHaveOneSchema(t *testing.T) {
	schemas := map[string]map[string][]column{}
	eachEngine(t, func(t *testing.T, db *DB) {
		t.Helper()
		tables := columnsOf(t, db)
		for name, columns := range tables {
			for i := range columns {
				columns[i].wide = false // SQLite has one type of integers
				if columns[i].key == 0 && !columns[i].notNull {
					columns[i].kind = "" // SQLite reports no types of views
				}
			}
			tables[name] = columns
		}
		schemas[db.Engine()] = tables
	})
	if len(schemas) < 2 {
		t.Skip("PostgreSQL is not installed (apt-get install postgresql): there is nothing to compare with")
	}
	require.Greater(t, len(schemas["SQLite"]), 60)
	for name, columns := range schemas["SQLite"] {
		require.Equal(t, columns, schemas["PostgreSQL"][name], name)
	}
	require.Len(t, schemas["PostgreSQL"], len(schemas["SQLite"]))
}

// comment matches a comment of a migration.
var comment = regexp.MustCompile(`--.*$`)

// TestMigrationsHaveTheSameComments checks that the files of PostgreSQL have all comments
// of those of SQLite, from which the page on the schema is generated. They can have more.
func TestMigrationsHaveTheSameComments(t *testing.T) {
	files, err := filepath.Glob("migrations/sqlite/*.sql")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		others := comments(t, filepath.Join("migrations/postgres", filepath.Base(file)))
		for _, c := range comments(t, file) {
			i := slices.Index(others, c)
			require.GreaterOrEqual(t, i, 0, "%s: PostgreSQL's file lacks, or has in another place: %s", file, c)
			others = others[i+1:]
		}
	}
	others, err := filepath.Glob("migrations/postgres/*.sql")
	require.NoError(t, err)
	require.Len(t, others, len(files))
}

func comments(t *testing.T, file string) (list []string) {
	t.Helper()
	src, err := os.ReadFile(file)
	require.NoError(t, err)
	for lines := bufio.NewScanner(strings.NewReader(string(src))); lines.Scan(); {
		if c := comment.FindString(lines.Text()); c != "" {
			list = append(list, c)
		}
	}
	return list
}
