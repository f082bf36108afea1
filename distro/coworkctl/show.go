package main

import (
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/prompt"
)

func newShow(env environment) *cobra.Command {
	var promptID string
	var details bool
	cmd := &cobra.Command{
		Use:   "show [--prompt ID] FILE ...",
		Short: "List the prompts in recorded files, or show the events of one",
		Long: "List the prompts in files of OTLP/JSON, as the collector's file exporter writes them,\n" +
			"with the totals of each. With --prompt, show the events of one prompt in order,\n" +
			"with --details also texts, commands, paths and URLs, as far as the files have them.\n" +
			"Files may be gzip-compressed; - is the standard input.",
		Args: cobra.ArbitraryArgs,
		RunE: func(_ *cobra.Command, files []string) error {
			if len(files) == 0 {
				return errors.New("no file (the default configuration writes data/logs.json)")
			}
			var events []cowork.Event
			for _, file := range files {
				read, err := readEvents(env, "show", file)
				if err != nil {
					return err
				}
				events = append(events, read...)
			}
			histories := prompt.Histories(env.now(), events)
			if promptID == "" {
				return listPrompts(env.stdout, histories)
			}
			return showPrompt(env.stdout, histories, promptID, details)
		},
	}
	cmd.Flags().BoolVar(&details, "details", false, "with --prompt, also show texts, commands, paths and URLs")
	cmd.Flags().StringVar(&promptID, "prompt", "", "prompt.id or trace id of the prompt to show")
	return cmd
}

// showPrompt writes the prompts with an id. Two sessions can share an id.
func showPrompt(out io.Writer, histories []prompt.History, id string, content bool) error {
	found := false
	for _, h := range histories {
		if h.PromptID == id || h.ID.String() == id {
			if found {
				fmt.Fprintln(out)
			}
			found = true
			if err := writeHistory(out, h, content); err != nil {
				return err
			}
		}
	}
	if !found {
		return fmt.Errorf("no event of that prompt in the %d prompts found", len(histories))
	}
	return nil
}

// roundDuration formats a duration for display.
func roundDuration(d time.Duration) string {
	unit := time.Millisecond
	if d >= 10*time.Second {
		unit = 100 * time.Millisecond
	}
	return d.Round(unit).String()
}
