package details

import (
	"cmp"

	"github.com/cowork-otel/collector/internal/cowork"
)

// An Origin identifies the client of a session, so that its row can be compared with the
// session that the Compliance API lists. A text is "" if the session has none, or if it was
// redacted.
type Origin struct {
	Account  string // user.account_id
	Cloud    string // ccr.session.id
	Service  string // service.name, "" for Cowork
	Provider string // anthropic.provider, "" for Anthropic
	Version  string // of the client
}

// A SharedOrigin is the origin of the events of a session. Stored is set once it is committed,
// so that it is written once. Commits run one after the other, and only they use Stored.
type SharedOrigin struct {
	Origin
	Stored bool
}

// OriginOf returns the origin of an event.
func OriginOf(e cowork.Event) Origin {
	o := Origin{
		Account: originText(e, "user.account_id"), Cloud: originText(e, "ccr.session.id"),
		Service: originText(e, "service.name"), Provider: originText(e, "anthropic.provider"), Version: Shorten(e.ClientVersion()),
	}
	if o.Service == "cowork" || o.Service == "claude-cowork" {
		o.Service = ""
	}
	if o.Provider == "firstParty" {
		o.Provider = ""
	}
	return o
}

func originText(e cowork.Event, key string) string {
	if text, ok := e.Str(key); ok && !cowork.IsMarker(text) {
		return Shorten(text)
	}
	return ""
}

// originColumns are the columns of a session that its events can lack. The last one that is
// not empty is stored.
var originColumns = [...]string{"account_id", "cloud_id", "service", "provider", "client_version"}

func (o *Origin) texts() [len(originColumns)]*string {
	return [...]*string{&o.Account, &o.Cloud, &o.Service, &o.Provider, &o.Version}
}

// update sets the texts that a later event has.
func (o *Origin) update(later *Origin) {
	if later == nil {
		return
	}
	to, from := o.texts(), later.texts()
	for i := range to {
		*to[i] = cmp.Or(*from[i], *to[i])
	}
}

// CallStart returns the start of the inference call of an event at a time in Unix
// nanoseconds, 0 if the event is no call.
func CallStart(e cowork.Event, kind string, at int64) int64 {
	switch kind {
	case "api_request", "api_error", "api_refusal":
		took, _ := e.Int("duration_ms")
		if took < 0 || took > MaxDuration.Milliseconds() {
			took = 0
		}
		return at - took*1e6
	}
	return 0
}
