package main

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
)

// A simulatedOrganization has 1,000 sessions of 100 people in five days as the Compliance
// API lists them, and what the file exporter wrote of them. Addresses are pseudonyms in the
// telemetry, sessions in the cloud have no account, and each person's clock is wrong.
type simulatedOrganization struct {
	random *rand.Rand
	begin  time.Time
	list   bytes.Buffer // pages of the API
	lines  bytes.Buffer // of the file exporter
	batch  plog.Logs
	silent map[string]bool
	newest time.Time
}

// A simulatedSession is one session of the organization.
type simulatedSession struct {
	id, session string
	person      int
	from, to    time.Time
	service     string
	attributes  map[string]string
	silent      bool
}

// simulate returns an organization in the week of 2 November 2026.
func simulate(seed uint64) *simulatedOrganization {
	return simulateAt(seed, time.Date(2026, 11, 2, 0, 0, 0, 0, time.UTC))
}

func simulateAt(seed uint64, begin time.Time) *simulatedOrganization {
	o := &simulatedOrganization{
		random: rand.New(rand.NewPCG(seed, 7)), begin: begin,
		batch: plog.NewLogs(), silent: map[string]bool{},
	}
	o.list.WriteString(`{"data":[`)
	for i := range 1000 {
		o.add(o.session(i))
	}
	early := o.begin.Add(-72 * time.Hour)
	o.listOne(simulatedSession{id: "clls_early", person: 20, from: early, to: early.Add(time.Hour)})
	o.silent["clls_early"] = true
	o.list.Truncate(o.list.Len() - 1)
	o.list.WriteString(`],"next_page":null}`)
	o.addUnlisted()
	o.flush()
	return o
}

func (o *simulatedOrganization) session(i int) simulatedSession {
	person, day := i%100, i/200
	s := simulatedSession{id: fmt.Sprintf("clls_%d", i), session: fmt.Sprintf("s-%d", i), person: person, service: "cowork"}
	s.from = o.begin.Add(time.Duration(day)*24*time.Hour + 8*time.Hour + time.Duration(o.random.IntN(8*3600))*time.Second)
	s.to = s.from.Add(time.Minute + time.Duration(o.random.IntN(7200))*time.Second)
	switch {
	case person < 5: // never sends
		s.silent = true
	case person < 7: // sends from the third day on
		s.silent = day < 2
	case person < 9: // stops after the third day
		s.silent = day > 2
	case person == 9: // sends as another product
		s.service, s.silent = "claude-code", true
	case i == 10: // is older than the settings
		s.from, s.to, s.silent = o.begin.Add(7*time.Hour), o.begin.Add(50*time.Hour), true
	default:
		s.silent = o.random.IntN(20) == 0
		if o.random.IntN(5) == 0 {
			s.id = fmt.Sprintf("cse_%d", i)
		}
	}
	return s
}

// add lists a session and writes its events, one every 25 minutes. From 11:00 to 14:00 of
// the third day, no event arrives.
func (o *simulatedOrganization) add(s simulatedSession) {
	outage := o.begin.Add(59 * time.Hour)
	resumed := s.person%7 == 0
	skew := time.Duration(s.person%7-3) * time.Minute
	arrived := false
	send := func(from, to time.Time) {
		for at := from; ; at = at.Add(25 * time.Minute) {
			if at.After(to) {
				at = to
			}
			lost := at.After(outage) && at.Before(outage.Add(3*time.Hour))
			if !lost && (!s.silent || s.service != "cowork") {
				o.event(s, "api_request", at.Add(skew))
				arrived = arrived || s.service == "cowork"
			}
			if at.Equal(to) {
				return
			}
		}
	}
	send(s.from, s.to)
	if resumed { // in the evening
		again := s.from.Truncate(24 * time.Hour).Add(19*time.Hour + s.from.Sub(s.from.Truncate(time.Hour)))
		s.to = again.Add(20 * time.Minute)
		send(again, s.to)
	}
	o.silent[s.id] = !arrived
	o.listOne(s)
}

func (o *simulatedOrganization) listOne(s simulatedSession) {
	if s.from.After(o.newest) {
		o.newest = s.from
	}
	fmt.Fprintf(&o.list, `{"id":%q,"created_at":%q,"updated_at":%q,"organization_id":"7ca19e7e-77ab-41b1-a9d1-f99f81888695","user":{"id":"user_01%03d","email_address":"person%d@example.com"}},`,
		s.id, s.from.Format(time.RFC3339Nano), s.to.Format(time.RFC3339Nano), s.person, s.person)
}

// event writes an event of a request of two seconds that began at a time.
func (o *simulatedOrganization) event(s simulatedSession, name string, at time.Time) {
	resource := o.batch.ResourceLogs().AppendEmpty()
	resource.Resource().Attributes().PutStr("service.name", s.service)
	record := resource.ScopeLogs().AppendEmpty().LogRecords().AppendEmpty()
	at = at.Add(2 * time.Second)
	record.SetTimestamp(pcommon.NewTimestampFromTime(at))
	record.SetEventName(name)
	a := record.Attributes()
	a.PutStr("event.name", name)
	a.PutStr("session.id", s.session)
	a.PutStr("organization.id", "7ca19e7e-77ab-41b1-a9d1-f99f81888695")
	a.PutInt("duration_ms", 2000)
	a.PutStr("model", "claude-opus-5[1m]")
	a.PutDouble("cost_usd", 0.25)
	a.PutInt("input_tokens", 100)
	if len(s.id) > 4 && s.id[:4] == "cse_" {
		a.PutStr("ccr.session.id", s.id)
	} else {
		a.PutStr("user.account_id", fmt.Sprintf("user_01%03d", s.person))
		a.PutStr("user.email", fmt.Sprintf("u_%032x", s.person))
	}
	for key, value := range s.attributes {
		a.PutStr(key, value)
	}
	if o.batch.LogRecordCount() == 50 {
		o.flush()
	}
}

func (o *simulatedOrganization) flush() {
	line, err := (&plog.JSONMarshaler{}).MarshalLogs(o.batch)
	if err != nil {
		panic(err)
	}
	o.lines.Write(append(line, '\n'))
	o.batch = plog.NewLogs()
}

// addUnlisted writes sessions that are not listed, one for each reason.
func (o *simulatedOrganization) addUnlisted() {
	evening := o.begin.Add(22 * time.Hour)
	for _, u := range []struct {
		reason, event string
		person        int
		at            time.Time
		attributes    map[string]string
	}{
		{"other_provider", "api_request", 50, evening, map[string]string{"anthropic.provider": "bedrock"}},
		{"no_request", "user_prompt", 51, evening, nil},
		{"other_organization", "api_request", 52, evening, map[string]string{"organization.id": "0b1f2c3d-1111-4222-8333-444455556666"}},
		{"not_listed_yet", "api_request", 53, o.newest.Add(30 * time.Minute), nil},
		{"no_user", "api_request", 54, evening, map[string]string{"user.account_id": "", "user.email": "[REDACTED_EMAIL]"}},
		{"user_not_listed", "api_request", 555, evening, nil},
		{"not_listed", "api_request", 56, evening, nil},
	} {
		o.event(simulatedSession{session: u.reason, person: u.person, service: "cowork", attributes: u.attributes}, u.event, u.at)
	}
}
