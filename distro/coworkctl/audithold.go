package main

// This file holds the commands for legal holds.

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/cowork-otel/collector/internal/audit"
)

func newAuditHold(env environment) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "hold",
		Short: "Prevent the deletion and the erasure of records, for a legal hold",
	}
	cmd.AddCommand(newAuditHoldAdd(env), newAuditHoldList(env), newAuditHoldRemove(env))
	return cmd
}

func newAuditHoldAdd(env environment) *cobra.Command {
	var (
		hold   audit.Hold
		chosen selectionFlags
	)
	cmd := &cobra.Command{
		Use:   "add DIR --name NAME",
		Short: "Keep the records of a session, a user or a time until the hold is removed",
		Long: "Keep the segments with records of --session or --user, from --from to --to, until the hold is\n" +
			"removed, and all later segments, since they are deleted in order. Records under a hold cannot be\n" +
			"erased. Without a limit, the hold has none on that side.",
		Args: oneFolder,
		RunE: func(_ *cobra.Command, args []string) error {
			selection, err := chosen.selection()
			if err != nil {
				return err
			}
			hold.Selection = selection
			if files, _ := filepath.Glob(filepath.Join(args[0], "audit-*")); len(files) == 0 {
				return errors.New("the folder has no segments (is it the folder of cowork_audit?)")
			}
			holds, err := audit.Holds(args[0])
			if err != nil {
				return err
			}
			if slices.ContainsFunc(holds, func(h audit.Hold) bool { return h.Name == hold.Name }) {
				return errors.New("--name: exists already (use another one, or remove it first)")
			}
			if err := audit.AddHold(args[0], hold); err != nil {
				return err
			}
			fmt.Fprintln(env.stdout, holdText(hold))
			return nil
		},
	}
	cmd.Flags().StringVar(&hold.Name, "name", "", "name of the hold")
	chosen.register(cmd.Flags())
	return cmd
}

func newAuditHoldList(env environment) *cobra.Command {
	return &cobra.Command{
		Use:   "list DIR",
		Short: "List the holds of a folder",
		Args:  oneFolder,
		RunE: func(_ *cobra.Command, args []string) error {
			holds, err := audit.Holds(args[0])
			if err != nil {
				return err
			}
			for _, h := range holds {
				fmt.Fprintln(env.stdout, holdText(h))
			}
			return nil
		},
	}
}

func newAuditHoldRemove(env environment) *cobra.Command {
	var name string
	cmd := &cobra.Command{
		Use:   "remove DIR --name NAME",
		Short: "Remove a hold, so that the retention deletes again",
		Args:  oneFolder,
		RunE: func(_ *cobra.Command, args []string) error {
			if err := audit.RemoveHold(args[0], name); errors.Is(err, os.ErrNotExist) {
				return errors.New("--name: there is no such hold (see coworkctl audit hold list)")
			} else if err != nil {
				return err
			}
			fmt.Fprintln(env.stdout, name+" removed")
			return nil
		},
	}
	cmd.Flags().StringVar(&name, "name", "", "name of the hold")
	return cmd
}

// holdText returns the line of a hold.
func holdText(h audit.Hold) string {
	limit := func(t time.Time) string {
		if t.IsZero() {
			return "no limit"
		}
		return t.UTC().Format(time.RFC3339)
	}
	text := fmt.Sprintf("%s: from %s, to %s", h.Name, limit(h.From), limit(h.To))
	if h.Session != "" {
		text += ", session " + h.Session
	}
	if h.User != "" {
		text += ", user " + h.User
	}
	return text
}
