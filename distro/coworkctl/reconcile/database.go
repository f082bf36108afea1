package reconcile

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	_ "modernc.org/sqlite" // registers the driver
)

// schemaVersion is the oldest version of the page's database that has the calls and the
// accounts of sessions.
const schemaVersion = 13

// databaseTimeout bounds the queries of a database.
const databaseTimeout = 10 * time.Minute

// ReadDatabase adds the sessions that the page's database has of a range of time: a SQLite
// file, or the address of a PostgreSQL database. Zero times are unlimited. It writes nothing.
// Errors contain neither a password nor a name.
func (t *Telemetry) ReadDatabase(ctx context.Context, name string, from, to time.Time) (err error) {
	ctx, cancel := context.WithTimeout(ctx, databaseTimeout)
	defer cancel()
	db, err := openDatabase(name)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	tx, err := db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return errors.New("database: cannot be opened (a dashboard.db, or a server that runs and its user, would be right; PGPASSWORD has the password)")
	}
	defer func() { _ = tx.Rollback() }()
	var version int
	if err := tx.QueryRowContext(ctx, "select coalesce(max(version_id), 0) from dashboard_migrations where is_applied").Scan(&version); err != nil {
		return errors.New("database: is not that of cowork_dashboard (data/dashboard.db would be right)")
	}
	if version < schemaVersion {
		return fmt.Errorf("database: has version %d (start a collector of this version with it once, which upgrades it)", version)
	}
	r := databaseReader{tx: tx, telemetry: t, from: from, before: to}
	for _, read := range []func(context.Context) error{r.readZone, r.readSessions, r.readHours, r.readUsage} {
		if err := read(ctx); err != nil {
			return fmt.Errorf("database: was not read (%w)", queryError(err))
		}
	}
	return nil
}

// queryError returns an error without its text, which can have names.
func queryError(err error) error {
	if errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("a query took over %v: use --from and --to", databaseTimeout)
	}
	return errors.New("a query failed: check that the user may read all tables")
}

func openDatabase(name string) (*sql.DB, error) {
	if strings.HasPrefix(name, "postgres://") || strings.HasPrefix(name, "postgresql://") {
		config, err := pgx.ParseConfig(name)
		if err != nil {
			return nil, errors.New("database: is no address (postgres://reader@db.example.com/cowork would be one)")
		}
		if config.ConnectTimeout == 0 {
			config.ConnectTimeout = 10 * time.Second
		}
		config.RuntimeParams["default_transaction_read_only"] = "on"
		config.RuntimeParams["application_name"] = "coworkctl"
		return stdlib.OpenDB(*config), nil
	}
	if strings.Contains(name, "://") {
		return nil, errors.New("database: is no address (postgres://reader@db.example.com/cowork, or a file, would be right)")
	}
	if info, err := os.Stat(name); err != nil {
		return nil, fmt.Errorf("database: %w", err)
	} else if info.IsDir() {
		return nil, errors.New("database: is a folder (data/dashboard.db would be right)")
	}
	q := url.Values{"_pragma": {"query_only(on)", "busy_timeout(10000)", "trusted_schema(off)"}, "mode": {"ro"}}
	return sql.Open("sqlite", "file:"+(&url.URL{Path: filepath.ToSlash(name)}).EscapedPath()+"?"+q.Encode())
}

// A databaseReader reads one snapshot of a database.
type databaseReader struct {
	tx           *sql.Tx
	telemetry    *Telemetry
	from, before time.Time
}

// each calls read for each row of a query.
func (r *databaseReader) each(ctx context.Context, read func(*sql.Rows) error, query string, args ...any) error {
	rows, err := r.tx.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := read(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// readZone reads the time zone of the stored days.
func (r *databaseReader) readZone(ctx context.Context) error {
	return r.each(ctx, func(rows *sql.Rows) error {
		var name string
		if err := rows.Scan(&name); err != nil {
			return err
		}
		if zone, err := time.LoadLocation(name); err == nil {
			r.telemetry.DayZone = zone
		}
		return nil
	}, "select value from settings where key = 'zone'")
}

// seconds returns the limits of a range in Unix seconds, wider by some time.
func (r *databaseReader) seconds(by time.Duration) (from, to int64) {
	to = 1 << 40
	if !r.from.IsZero() {
		from = r.from.Add(-by).Unix()
	}
	if !r.before.IsZero() {
		to = r.before.Add(by).Unix()
	}
	return from, to
}

func (r *databaseReader) readSessions(ctx context.Context) error {
	from, to := r.seconds(7 * 24 * time.Hour)
	return r.each(ctx, r.addSession, `select s.id, s.account_id, s.cloud_id, s.service, s.provider, s.client_version, s.first_seen, s.last_seen, s.first_call, s.last_call,
		s.requests + s.errors + s.refusals, s.events, coalesce(u.name, ''), coalesce(o.name, ''), coalesce(t.name, '')
		from sessions s left join names u on u.id = s.user_id left join names o on o.id = s.organization_id
		left join people p on p.user_id = s.user_id and s.user_id > 1 left join names t on t.id = p.team_id and t.id > 1
		where s.last_seen >= $1 and s.first_seen < $2 order by s.first_seen, s.id`, from, to)
}

func (r *databaseReader) addSession(rows *sql.Rows) error {
	var (
		id, account, cloud, service, provider, version, user, organization, team string
		first, last, firstCall, lastCall                                         int64
		calls, events                                                            int
	)
	if err := rows.Scan(&id, &account, &cloud, &service, &provider, &version, &first, &last, &firstCall, &lastCall, &calls, &events, &user, &organization, &team); err != nil {
		return err
	}
	t := r.telemetry
	s := t.session(id)
	if s == nil {
		return nil
	}
	s.cloudID, s.other, s.thirdParty, s.version, s.calls = cloud, service, provider != "", version, calls
	if isUUID(organization) { // else the name of one
		s.organization = organization
	}
	t.extend(s, time.Unix(first, 0).UTC(), time.Unix(last, 0).UTC())
	t.events += events
	if firstCall > 0 {
		s.firstCall, s.lastCall = time.Unix(firstCall, 0).UTC(), time.Unix(lastCall, 0).UTC()
	} else {
		s.coarse = true // stored before calls were
	}
	t.addPerson(s, user, team, account, user)
	return nil
}

// readHours reads the hours with events. They are stored for a shorter time than sessions are:
// before that, a session is taken as having events all the time.
func (r *databaseReader) readHours(ctx context.Context) error {
	from, to := r.seconds(7 * 24 * time.Hour)
	var hours []time.Time
	err := r.each(ctx, func(rows *sql.Rows) error {
		var hour int64
		err := rows.Scan(&hour)
		hours = append(hours, time.Unix(hour, 0).UTC())
		return err
	}, "select distinct hour from activity_hour where events > 0 and hour >= $1 and hour < $2 order by hour", from, to)
	r.telemetry.markHours(hours)
	return err
}

// markHours records the hours with events, which are sorted. An hour after or before one
// without events has events from its first or to its last known time only: a gap begins and
// ends within hours.
func (t *Telemetry) markHours(hours []time.Time) {
	known := t.sortedSlots() // of the first and last events of sessions
	for i, hour := range hours {
		from, to := hour, hour.Add(time.Hour-time.Nanosecond)
		first, _ := slices.BinarySearch(known, slotOf(from))
		last, _ := slices.BinarySearch(known, slotOf(to)+1)
		if first < last && i > 0 && hours[i-1].Add(time.Hour).Before(hour) {
			from = timeOf(known[first])
		}
		if first < last && i+1 < len(hours) && hour.Add(time.Hour).Before(hours[i+1]) {
			to = timeOf(known[last-1])
		}
		t.markEvents(from, to)
	}
	for _, s := range t.order {
		if (len(hours) == 0 || s.first.Before(hours[0])) && s.last.Sub(s.first) < 24*time.Hour {
			t.markEvents(s.first, s.last)
		}
	}
}

func isUUID(text string) bool {
	return len(text) == 36 && strings.Count(text, "-") == 4
}
