// Package postgrestest is [github.com/cowork-otel/collector/internal/postgrestest], which
// the tests of the distribution import too.
package postgrestest

import "github.com/cowork-otel/collector/internal/postgrestest"

// A Server is a running PostgreSQL server with a folder of its own.
type Server = postgrestest.Server

// The functions of the package.
var (
	Installed = postgrestest.Installed
	Start     = postgrestest.Start
	New       = postgrestest.New
)
