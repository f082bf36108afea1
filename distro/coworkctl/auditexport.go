package main

// This file holds the export of one user's or one session's records.

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"

	"github.com/spf13/cobra"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/internal/audit"
)

func newAuditExport(env environment) *cobra.Command {
	var (
		set                auditFlags
		session, user, out string
	)
	cmd := &cobra.Command{
		Use:   "export DIR --out DIR",
		Short: "Write the records of one session or user, with the proof that they are in the chain",
		Long: "Verify a folder of cowork_audit, and write a copy in which only the records of one session or user\n" +
			"have a payload. The others have their hashes, so that coworkctl audit verify --export verifies the\n" +
			"copy. Attributes whose names contain session or user are compared, as a whole.",
		Args: oneFolder,
		RunE: func(_ *cobra.Command, args []string) error {
			if out == "" || (session == "") == (user == "") {
				return errors.New("audit export: needs --out, and either --session or --user")
			}
			opt, err := set.options()
			if err != nil {
				return fmt.Errorf("audit export: %w", err)
			}
			chosen := selector{session, isSessionKey}
			if user != "" {
				chosen = selector{user, isUserKey}
			}
			kept, sum, err := audit.Export(args[0], out, opt, func(r audit.Record) bool { return chosen.selects(r.Payload) })
			if _, isFault := errors.AsType[*audit.Fault](err); isFault {
				return statusError{faultStatus, fmt.Errorf("audit export: %w", err)}
			}
			if err != nil {
				return fmt.Errorf("audit export: %w", err)
			}
			fmt.Fprintf(env.stdout, "%d of %d records have their payload in %s\nhead %s\n", kept, sum.Records, out, sum.Head)
			return nil
		},
	}
	f := cmd.Flags()
	f.StringVar(&session, "session", "", "session.id of the records to export")
	f.StringVar(&user, "user", "", "address, id or pseudonym of the user whose records to export")
	f.StringVar(&out, "out", "", "file or folder to write")
	f.StringSliceVar(&set.publicKeys, "public-key", nil, "file of a public key; one of them must have signed each segment")
	return cmd
}

var (
	isSessionKey = regexp.MustCompile(`(?i)(^|[._])sessions?($|[._])`).MatchString
	isUserKey    = regexp.MustCompile(`(?i)(^|[._])(user|users|enduser)($|[._])`).MatchString
)

// A selector selects records with a value in an attribute of certain names.
type selector struct {
	value string
	isKey func(string) bool
}

// selects reports whether a payload has the value. It parses only payloads with the text.
func (s selector) selects(payload []byte) bool {
	if !bytes.Contains(payload, []byte(s.value)) && !bytes.ContainsRune(payload, '\\') {
		return false
	}
	ld, err := (&plog.JSONUnmarshaler{}).UnmarshalLogs(payload)
	if err != nil {
		return false
	}
	for _, rl := range ld.ResourceLogs().All() {
		if s.inMap(rl.Resource().Attributes()) {
			return true
		}
		for _, sl := range rl.ScopeLogs().All() {
			for _, record := range sl.LogRecords().All() {
				if s.inMap(record.Attributes()) || s.inValue("", record.Body()) {
					return true
				}
			}
		}
	}
	return false
}

func (s selector) inMap(m pcommon.Map) bool {
	for key, value := range m.All() {
		if s.inValue(key, value) {
			return true
		}
	}
	return false
}

// inValue reports whether a value, or one inside it, is the selected one.
func (s selector) inValue(key string, v pcommon.Value) bool {
	switch v.Type() {
	case pcommon.ValueTypeMap:
		return s.inMap(v.Map())
	case pcommon.ValueTypeSlice:
		for _, one := range v.Slice().All() {
			if s.inValue(key, one) {
				return true
			}
		}
		return false
	default:
		return s.isKey(key) && v.AsString() == s.value
	}
}
