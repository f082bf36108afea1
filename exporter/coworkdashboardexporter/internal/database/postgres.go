package database

import (
	"errors"
	"strings"
)

// IsPostgres reports whether a name is the address of a PostgreSQL database.
func IsPostgres(name string) bool {
	return strings.HasPrefix(name, "postgres://") || strings.HasPrefix(name, "postgresql://")
}

func newPostgres(Settings) (engine, error) { return nil, errors.New("not implemented") }
