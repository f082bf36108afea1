package main

// This file holds the export of the records of one session, user or time.

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/cowork-otel/collector/internal/audit"
)

func newAuditExport(env environment) *cobra.Command {
	var (
		set    auditFlags
		chosen selectionFlags
		out    string
	)
	cmd := &cobra.Command{
		Use:   "export DIR --out DIR",
		Short: "Write the records of one session, user or time, with the proof that they are in the chain",
		Long: "Verify a folder of cowork_audit, and write a copy in which only the records of one session, user or\n" +
			"time have a payload. The others have their hashes, so that coworkctl audit verify --export verifies\n" +
			"the copy. Attributes whose names contain session or user are compared, as a whole. Times are those\n" +
			"of the collector.",
		Args: oneFolder,
		RunE: func(_ *cobra.Command, args []string) error {
			selection, err := chosen.selection()
			if err != nil {
				return err
			}
			if out == "" || selection == (audit.Selection{}) {
				return errors.New("needs --out, and --session, --user, --from or --to")
			}
			opt, err := set.options()
			if err != nil {
				return err
			}
			kept, sum, err := audit.Export(args[0], out, opt, selection)
			if _, isFault := errors.AsType[*audit.Fault](err); isFault {
				return statusError{faultStatus, err}
			}
			if err != nil {
				return err
			}
			fmt.Fprintf(env.stdout, "%d of %d records have their payload in %s\nhead %s\n", kept, sum.Records, out, sum.Head)
			return nil
		},
	}
	f := cmd.Flags()
	f.StringVar(&out, "out", "", "file or folder to write")
	chosen.register(f)
	set.registerKeys(f)
	return cmd
}
