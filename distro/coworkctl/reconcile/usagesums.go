package reconcile

import (
	"context"
	"database/sql"
	"strings"
	"time"

	"github.com/cowork-otel/collector/internal/cowork"
)

// maxUsage bounds the sums of usage by person, day and model.
const maxUsage = 2_000_000

// Figures are what a person used of a model on a day.
type Figures struct {
	CostUSD       float64 `json:"cost_usd"`
	Requests      int64   `json:"requests"`
	Unpriced      int64   `json:"unpriced"` // requests without a known cost
	Input         int64   `json:"input_tokens"`
	Output        int64   `json:"output_tokens"`
	CacheRead     int64   `json:"cache_read_tokens"`
	CacheCreation int64   `json:"cache_creation_tokens"`
}

func (f *Figures) addFigures(g Figures) {
	f.CostUSD += g.CostUSD
	f.Requests += g.Requests
	f.Unpriced += g.Unpriced
	f.Input += g.Input
	f.Output += g.Output
	f.CacheRead += g.CacheRead
	f.CacheCreation += g.CacheCreation
}

// cache returns the tokens of the cache.
func (f *Figures) cache() int64 { return f.CacheRead + f.CacheCreation }

// tokens returns all tokens.
func (f *Figures) tokens() int64 { return f.Input + f.Output + f.cache() }

// A usageKey is of a session while its person is not known: that of a session in the cloud
// is known from the list.
type usageKey struct {
	session *telemetrySession
	person  int
	day     int // as the number 20261129
	model   string
}

// usageSums are sums of usage, in a bounded number.
type usageSums struct {
	sums    map[usageKey]*Figures
	omitted int // requests beyond the bound
	most    int // 0 for maxUsage
}

func (u *usageSums) addSum(key usageKey, f Figures) {
	if u.sums == nil {
		u.sums = map[usageKey]*Figures{}
	}
	most := u.most
	if most == 0 {
		most = maxUsage
	}
	sum := u.sums[key]
	if sum == nil {
		if len(u.sums) >= most {
			u.omitted += int(f.Requests)
			return
		}
		sum = &Figures{}
		u.sums[key] = sum
	}
	sum.addFigures(f)
}

// addUsage adds a request of a session.
func (t *Telemetry) addUsage(s *telemetrySession, r cowork.APIRequest, at time.Time) {
	if s.other != "" || s.thirdParty {
		return
	}
	f := Figures{Requests: 1}
	if micros, known := r.CostMicros(); known {
		f.CostUSD = float64(micros) / 1e6
	} else {
		f.Unpriced = 1
	}
	f.Input, _ = r.InputTokens()
	f.Output, _ = r.OutputTokens()
	f.CacheRead, _ = r.CacheReadTokens()
	f.CacheCreation, _ = r.CacheCreationTokens()
	key := usageKey{person: s.person, day: dayNumber(at.In(t.DayZone)), model: modelName(r.Model())}
	if s.person == noPerson {
		key.session = s
	}
	t.usage.addSum(key, f)
}

// readUsage reads the usage of users by day and model. It has the sessions of all products,
// and of sessions in the cloud without a user.
func (r *databaseReader) readUsage(ctx context.Context) error {
	from, before := 0, 99999999
	if !r.from.IsZero() {
		from = dayNumber(r.from.In(r.telemetry.DayZone))
	}
	if !r.before.IsZero() {
		before = dayNumber(r.before.In(r.telemetry.DayZone))
	}
	return r.each(ctx, func(rows *sql.Rows) error {
		var user, model string
		var f Figures
		var day int
		var micros int64
		if err := rows.Scan(&day, &user, &model, &micros, &f.Requests, &f.Unpriced, &f.Input, &f.Output, &f.CacheRead, &f.CacheCreation); err != nil {
			return err
		}
		f.CostUSD = float64(micros) / 1e6
		r.telemetry.usage.addSum(usageKey{person: r.telemetry.people.join(user), day: day, model: modelName(model)}, f)
		return nil
	}, `select u.day, coalesce(n.name, ''), coalesce(m.name, ''), u.cost_micros, u.requests, u.unpriced, u.input, u.output, u.cache_read, u.cache_creation
		from usage_by_user_day u left join names n on n.id = u.user_id left join names m on m.id = u.model_id where u.day >= $1 and u.day <= $2`, from, before)
}

func dayNumber(at time.Time) int {
	year, month, day := at.Date()
	return year*10000 + int(month)*100 + day
}

// modelName returns a model without what clients and providers add to its name: the size of
// the context window, the provider, the date of the version.
func modelName(name string) string {
	name = strings.ToLower(strings.TrimSpace(name))
	if at := strings.Index(name, "claude-"); at > 0 { // us.anthropic.claude-…, anthropic/claude-…
		name = name[at:]
	}
	name, _, _ = strings.Cut(name, "[")
	name, _, _ = strings.Cut(name, "@")
	name, _, _ = strings.Cut(name, ":")
	if at := strings.LastIndexByte(name, '-'); at > 0 && len(name)-at == 9 && isDigits(name[at+1:]) {
		name = name[:at]
	}
	if strings.HasPrefix(name, "(") {
		return ""
	}
	return name
}

func isDigits(text string) bool { return strings.Trim(text, "0123456789") == "" }
