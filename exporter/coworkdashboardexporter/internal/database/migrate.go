package database

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
)

// migrationFiles are the numbered migrations of each engine. A released file does not
// change: a new version is a new file.
//
//go:embed migrations
var migrationFiles embed.FS

// versionTable holds the migrations that were applied.
const versionTable = "dashboard_migrations"

// migrate upgrades the database. It fails without a change if a newer version wrote it.
func migrate(ctx context.Context, e engine, db *sql.DB, readOnly bool) error {
	dialect, folder, options := e.migrations()
	files, err := fs.Sub(migrationFiles, folder)
	if err != nil {
		return err
	}
	if list, _ := fs.Glob(files, "*.sql"); len(list) == 0 {
		return nil
	}
	options = append(options, goose.WithTableName(versionTable), goose.WithDisableGlobalRegistry(true), goose.WithLogger(goose.NopLogger()))
	provider, err := goose.NewProvider(dialect, db, files, options...)
	if err != nil {
		return err
	}
	sources := provider.ListSources()
	newest := sources[len(sources)-1].Version
	version, err := storedVersion(ctx, db)
	if err != nil {
		return err
	}
	if version > newest {
		return remedy(fmt.Sprintf("has version %d: was written by a newer version of this program; this one supports up to version %d (upgrade, or set another database)", version, newest))
	}
	if readOnly && version < newest {
		return remedy(fmt.Sprintf("has version %d: cannot be upgraded to version %d without write access (open it for writing once)", version, newest))
	}
	if version == newest {
		return nil
	}
	_, err = provider.Up(ctx)
	return err
}

// storedVersion returns the version of the database, 0 for an empty one.
func storedVersion(ctx context.Context, db *sql.DB) (version int64, err error) {
	err = db.QueryRowContext(ctx, "select coalesce(max(version_id), 0) from "+versionTable+" where is_applied").Scan(&version)
	if isMissingTable(err) {
		return 0, nil
	}
	return version, err
}
