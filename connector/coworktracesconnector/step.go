package coworktracesconnector

import (
	"strconv"

	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/prompt"
)

// stepOf returns the name of an event's step. A step without an id is named by its kind,
// its sequence and its time.
func stepOf(ev cowork.Event) string {
	if name, ok := prompt.Step(ev); ok {
		return name
	}
	sequence, _ := ev.Sequence()
	return ev.Name() + ":" + strconv.FormatInt(sequence, 10) + ":" + strconv.FormatUint(uint64(ev.Time()), 10)
}
