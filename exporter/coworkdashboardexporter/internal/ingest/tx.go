package ingest

import "github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/database"

// A transaction is what a commit is written in.
type transaction = *database.Tx
