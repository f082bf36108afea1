package coworkschemaprocessor

import (
	"github.com/cowork-otel/collector/internal/schema"
	"github.com/cowork-otel/collector/internal/schema/ecs"
	"github.com/cowork-otel/collector/internal/schema/flat"
	"github.com/cowork-otel/collector/internal/schema/ocsf"
)

// A format is a row of the table: how events are written.
type format struct {
	mapper schema.Mapper
	// body marks a format that becomes the body of the record. The others become attributes.
	body bool
}

var formats = map[string]format{
	"ecs":  {ecs.Mapper{}, false},
	"flat": {flat.Mapper{}, true},
	"ocsf": {ocsf.Mapper{}, true},
}
