package main

// This file holds the erasure of one user's or one session's records.

import (
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/cowork-otel/collector/internal/audit"
)

func newAuditErase(env environment) *cobra.Command {
	var (
		set     auditFlags
		chosen  selectionFlags
		erasure audit.EraseSettings
		key     string
	)
	cmd := &cobra.Command{
		Use:   "erase DIR --name NAME --key FILE",
		Short: "Remove the payloads of one session's or user's records, so that the folder still verifies",
		Long: "Verify a folder of cowork_audit, and remove the payloads of the records of one session or user from\n" +
			"closed segments. Their hashes remain, and a file that is signed with the key names the records. It has\n" +
			"neither the session nor the user. Nothing is removed if one of the records is under a hold. Records in\n" +
			"the open segment remain: run the command again with the same name after max_segment_age. The exit\n" +
			"status is then 1.",
		Args: oneFolder,
		RunE: func(_ *cobra.Command, args []string) error {
			if err := parseErasure(&erasure, &set, &chosen, key); err != nil {
				return err
			}
			done, err := audit.Erase(args[0], erasure, env.now())
			if _, isFault := errors.AsType[*audit.Fault](err); isFault {
				return statusError{faultStatus, err}
			}
			if err != nil {
				return err
			}
			verb := "erased"
			if erasure.DryRun {
				verb = "to erase"
			}
			fmt.Fprintf(env.stdout, "%s  the payloads of %d records\n", verb, done.Records)
			if done.Cut > 0 {
				fmt.Fprintf(env.stdout, "removed  %d files of incomplete records\n", done.Cut)
			}
			if done.Open > 0 {
				return fmt.Errorf("%d records are in the open segment (run the command again after max_segment_age)", done.Open)
			}
			return nil
		},
	}
	f := cmd.Flags()
	f.StringVar(&erasure.Name, "name", "", "name of the erasure, such as the number of the request")
	f.StringVar(&key, "key", "", "file of the private key that signs the segments")
	f.BoolVar(&erasure.DryRun, "dry-run", false, "count the records, and remove nothing")
	chosen.register(f)
	set.registerKeys(f)
	return cmd
}

// parseErasure sets an erasure by its flags.
func parseErasure(erasure *audit.EraseSettings, set *auditFlags, chosen *selectionFlags, keyFile string) (err error) {
	if erasure.Verify, err = set.options(); err != nil {
		return err
	}
	if erasure.Selection, err = chosen.selection(); err != nil {
		return err
	}
	if erasure.Name == "" || chosen.session+chosen.user == "" {
		return errors.New("needs --name, and either --session or --user")
	}
	if keyFile == "" {
		return nil
	}
	text, err := os.ReadFile(keyFile)
	if err != nil {
		return fmt.Errorf("--key: %w", err)
	}
	if erasure.Key, err = audit.ParsePrivateKey(text); err != nil {
		return fmt.Errorf("--key: %w", err)
	}
	return nil
}
