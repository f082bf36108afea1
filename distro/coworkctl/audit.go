package main

// This file holds the commands that make keys for the folders of cowork_audit and verify them.

import (
	"cmp"
	"crypto/ed25519"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/cowork-otel/collector/internal/audit"
)

// faultStatus is the exit status if a folder is not what its writer wrote.
const faultStatus = 3

func newAudit(env environment) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "audit",
		Short: "Verify, hold, export and erase the records of cowork_audit",
	}
	cmd.AddCommand(newAuditKeygen(env), newAuditVerify(env), newAuditExport(env), newAuditErase(env), newAuditHold(env))
	return cmd
}

func newAuditKeygen(env environment) *cobra.Command {
	var out string
	cmd := &cobra.Command{
		Use:   "keygen --out FILE",
		Short: "Write a new key that signs segments, and its public key",
		Long: "Write a new Ed25519 key for key_file of cowork_audit, in PKCS #8, which only its owner can read,\n" +
			"and its public key beside it, with .pub at the end. No file is replaced.",
		RunE: func(*cobra.Command, []string) error {
			if out == "" {
				return errors.New("--out is required (the file of the private key)")
			}
			_, key, err := ed25519.GenerateKey(rand.Reader)
			if err != nil {
				return err
			}
			private, public, err := audit.EncodeKey(key)
			if err != nil {
				return err
			}
			if err := writeNew(out, private, 0o600); err != nil {
				return err
			}
			if err := writeNew(out+".pub", public, 0o644); err != nil {
				return errors.Join(err, os.Remove(out))
			}
			fmt.Fprintf(env.stdout, "private key  %s\npublic key   %s.pub\nkey id       %s\n", out, out, audit.KeyID(key.Public().(ed25519.PublicKey)))
			return nil
		},
	}
	cmd.Flags().StringVar(&out, "out", "", "file or folder to write")
	return cmd
}

// writeNew writes a file that does not exist yet.
func writeNew(name string, text []byte, mode os.FileMode) error {
	f, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, mode)
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	return errors.Join(err, f.Sync(), f.Close())
}

// auditFlags are the flags of commands that verify a folder.
type auditFlags struct {
	publicKeys []string
	expectHead string
	from       string
	export     bool
}

func (a *auditFlags) registerKeys(f *pflag.FlagSet) {
	f.StringSliceVar(&a.publicKeys, "public-key", nil, "file of a public key; one of them must have signed each segment")
}

func (a *auditFlags) options() (opt audit.Options, err error) {
	opt.Export = a.export
	for _, name := range a.publicKeys {
		text, err := os.ReadFile(name)
		if err != nil {
			return opt, fmt.Errorf("--public-key: %w", err)
		}
		key, err := audit.ParsePublicKey(text)
		if err != nil {
			return opt, fmt.Errorf("--public-key: %w", err)
		}
		opt.Keys = append(opt.Keys, key)
	}
	if a.expectHead != "" {
		opt.ExpectHead = &audit.Hash{}
		if err := opt.ExpectHead.UnmarshalText([]byte(a.expectHead)); err != nil {
			return opt, errors.New("--expect-head: is no hash (64 hexadecimal digits are one)")
		}
	}
	if opt.From, err = limitTime(a.from, false); err != nil {
		return opt, fmt.Errorf("--from: %w", err)
	}
	return opt, nil
}

func newAuditVerify(env environment) *cobra.Command {
	var set auditFlags
	cmd := &cobra.Command{
		Use:   "verify DIR",
		Short: "Verify that no record of a folder was changed, removed, inserted or moved",
		Long: "Read all segments of a folder of cowork_audit, and name the first record that was changed, removed,\n" +
			"inserted or moved. The collector can run meanwhile. The exit status is 3 if there is one, and 1 for\n" +
			"another error.",
		Args: oneFolder,
		RunE: func(_ *cobra.Command, args []string) error {
			opt, err := set.options()
			if err != nil {
				return err
			}
			sum, err := audit.Verify(args[0], opt)
			if _, isFault := errors.AsType[*audit.Fault](err); err != nil && !isFault {
				return err
			}
			printAudit(env.stdout, sum)
			if err != nil {
				fmt.Fprintln(env.stdout, "\nthe summary ends at the first wrong place")
				return statusError{faultStatus, err}
			}
			for _, warning := range auditWarnings(sum, opt) {
				fmt.Fprintln(env.stdout, "warning: "+warning)
			}
			fmt.Fprintln(env.stdout, "\nverified")
			return nil
		},
	}
	f := cmd.Flags()
	set.registerKeys(f)
	f.StringVar(&set.expectHead, "expect-head", "", "hash that must be in the chain")
	f.StringVar(&set.from, "from", "", "first day or time of records to read; of earlier segments, only manifests are verified")
	f.BoolVar(&set.export, "export", false, "the folder is an export, in which payloads are omitted")
	return cmd
}

// printAudit prints what was verified.
func printAudit(out io.Writer, sum audit.Summary) {
	at := func(t time.Time) string { return t.UTC().Format(time.RFC3339) }
	fmt.Fprintf(out, "segments  %d: %d closed, %d signed\n", sum.Segments, sum.Closed, sum.Signed)
	if sum.Skipped > 0 {
		fmt.Fprintf(out, "skipped   the records of %d segments that end before --from\n", sum.Skipped)
	}
	fmt.Fprintf(out, "records   %d\n", sum.Records)
	if sum.Records > 0 {
		fmt.Fprintf(out, "first     %d, %s\nlast      %d, %s\n", sum.FirstSeq, at(sum.First), sum.LastSeq, at(sum.Last))
	}
	fmt.Fprintf(out, "restarts  %d\n", sum.Restarts)
	if sum.Omitted > 0 {
		fmt.Fprintf(out, "omitted   the payloads of %d records\n", sum.Omitted)
	}
	for _, e := range sum.Erasures {
		fmt.Fprintf(out, "erased    the payloads of %d records, by %s: %s\n", e.Len(), e.Name, rangesText(e.Records))
	}
	if sum.DeletedTo > 0 {
		fmt.Fprintf(out, "deleted   records up to %d, by the retention\n", sum.DeletedTo)
	}
	if sum.AfterHead > 0 {
		fmt.Fprintf(out, "after     %d records after head.json: they are being stored, or were when the collector was killed\n", sum.AfterHead)
	}
	for _, c := range sum.KeyChanges {
		fmt.Fprintf(out, "key       changed at record %d, %s: %s signed up to %d, then %s\n", c.Seq, at(c.Time), cmp.Or(c.From, "none"), c.SignedTo, cmp.Or(c.To, "none"))
	}
	if len(sum.Keys) > 0 {
		fmt.Fprintf(out, "keys      %s\n", strings.Join(slices.Sorted(maps.Keys(sum.Keys)), ", "))
	}
	fmt.Fprintf(out, "head      %s\n", sum.Head)
}

// maxRanges is how many ranges of records are printed of an erasure.
const maxRanges = 20

// rangesText returns the numbers of erased records.
func rangesText(ranges []audit.SeqRange) string {
	var parts []string
	for _, r := range ranges[:min(len(ranges), maxRanges)] {
		parts = append(parts, r.String())
	}
	if len(ranges) > maxRanges {
		parts = append(parts, "…")
	}
	return strings.Join(parts, ", ")
}

// auditWarnings returns what a successful verification does not prove.
func auditWarnings(sum audit.Summary, opt audit.Options) (list []string) {
	if sum.Torn {
		list = append(list, "the last record is incomplete: it is being written, or the collector was killed. It was not acknowledged, and the next start cuts it")
	}
	if sum.Signed < sum.Closed {
		list = append(list, fmt.Sprintf("%d closed segments have no signature: set key_file of cowork_audit", sum.Closed-sum.Signed))
	}
	if sum.Erasing > 0 {
		list = append(list, fmt.Sprintf("%d payloads are named by an erasure, and were not erased: it was interrupted (run coworkctl audit erase again)", sum.Erasing))
	}
	for _, e := range sum.Erasures {
		if e.PublicKey == nil {
			list = append(list, fmt.Sprintf("the erasure %s has no signature: whoever can write to the folder can have erased", e.Name))
		}
	}
	if len(opt.Keys) == 0 {
		list = append(list, "without --public-key, a chain that was computed again with another key is not found")
	}
	if opt.ExpectHead == nil {
		list = append(list, "without --expect-head, an earlier state of the whole folder is not found")
	}
	return list
}

// oneFolder accepts one argument, the folder.
func oneFolder(cmd *cobra.Command, args []string) error {
	if len(args) != 1 {
		return fmt.Errorf("%s: takes one folder, which cowork_audit writes", commandLine(cmd))
	}
	return nil
}
