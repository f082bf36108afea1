package details

import (
	"go.opentelemetry.io/collector/pdata/pcommon"

	"github.com/cowork-otel/collector/internal/cowork"
)

// A Content is a text of a step, as redaction left it.
type Content struct {
	Name, Text string
	Missing    int // bytes beyond the limit
}

// ContentLimit bounds the contents that are read.
type ContentLimit struct {
	// Bytes is the limit of each content, 0 to read none.
	Bytes int
	// Full is set if the memory has no room for contents.
	Full bool
}

// Contents are those of a step. Refused is how many of them cowork_redaction had not
// redacted, Cut how many had no room: neither are in the list.
type Contents struct {
	List         []Content
	Refused, Cut int
}

// entryBytes is how many bytes of contents count as an entry in memory.
const entryBytes = 512

// entries returns how many entries the contents count for in memory.
func (c *Contents) entries() int { return (c.bytes() + entryBytes - 1) / entryBytes }

func (c *Contents) bytes() (n int) {
	for i := range c.List {
		n += len(c.List[i].Text)
	}
	return n
}

// contentsOf reads the contents of a step. It skips those that redaction, or the client,
// has replaced as a whole, and a text that the event has twice.
func (k *StepKind) contentsOf(e cowork.Event, limit ContentLimit) (c Contents) {
	if limit.Bytes == 0 {
		return c
	}
	redacted := cowork.IsRedacted(e)
	for _, name := range k.contents {
		v, ok := e.Value(name)
		if !ok {
			continue
		}
		text := v.AsString()
		switch {
		case v.Type() == pcommon.ValueTypeStr && (text == "" || cowork.IsMarker(text)):
		case !redacted:
			c.Refused++
		case limit.Full:
			c.Cut++
		default:
			short := shortenTo(text, limit.Bytes)
			content := Content{name, short, max(0, len(text)-limit.Bytes)}
			if len(c.List) == 0 || c.List[0].Text != short {
				c.List = append(c.List, content)
			}
		}
	}
	return c
}

// promptContents is how many contents of the largest size a prompt has at most.
const promptContents = 16

// storedContent is a content with the number of its step.
type storedContent struct {
	step int64
	Content
}

// addContents returns the contents of some steps that fit into the limit of the prompt,
// and counts all of them. The first step has a number.
func (p *promptRow) addContents(steps []*Event, first int64, limit int) (fit []storedContent) {
	for i, e := range steps {
		contents := &e.Prompt.Step.Contents
		p.refused += int64(contents.Refused)
		p.contentsCut += int64(contents.Cut)
		for _, c := range contents.List {
			if p.content+int64(len(c.Text)) > int64(limit)*promptContents {
				p.contentsCut++
				continue
			}
			p.content += int64(len(c.Text))
			fit = append(fit, storedContent{first + int64(i), c})
		}
	}
	return fit
}

// ContentCounts count contents: those that were stored, those of them that were
// truncated, and those that were not stored because of a limit or since they were not
// redacted.
type ContentCounts struct{ Stored, Truncated, Cut, Refused int64 }

func (n *ContentCounts) count(c Content) {
	n.Stored++
	if c.Missing > 0 {
		n.Truncated++
	}
}
