package coworkschemaprocessor

import (
	"github.com/cowork-otel/collector/internal/schema"
	"github.com/cowork-otel/collector/internal/schema/ecs"
	"github.com/cowork-otel/collector/internal/schema/ocsf"
)

// A format is a row of the table: how events are written.
type format struct {
	mapper schema.Mapper
	// body marks a format of nested objects, which becomes the body of the record. That of
	// a flat format becomes attributes.
	body bool
}

var formats = map[string]format{
	"ecs":  {ecs.Mapper{}, false},
	"ocsf": {ocsf.Mapper{}, true},
}
