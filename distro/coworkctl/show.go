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

func newShow(around surroundings) *cobra.Command {
	var promptID string
	cmd := &cobra.Command{
		Use:   "show [--prompt ID] FILE ...",
		Short: "Show the prompts in files that the collector wrote, or all of one",
		Long: "Show the prompts in files of OTLP/JSON, as the collector's file exporter writes them\n" +
			"(- is standard input): what each added up to, or with --prompt its events in order.",
		Args: cobra.ArbitraryArgs,
		RunE: func(_ *cobra.Command, files []string) error {
			if len(files) == 0 {
				return errors.New("show: no file (the default configuration writes data/logs.json)")
			}
			var events []cowork.Event
			for _, file := range files {
				read, err := readEvents("show", file)
				if err != nil {
					return err
				}
				events = append(events, read...)
			}
			histories := prompt.Histories(around.now(), events)
			if promptID == "" {
				return listPrompts(around.out, histories)
			}
			return showPrompt(around.out, histories, promptID)
		},
	}
	cmd.Flags().StringVar(&promptID, "prompt", "", "the prompt.id, or the trace id, of the one prompt to show")
	return cmd
}

// showPrompt writes the prompts with an id: one, unless two sessions share it.
func showPrompt(out io.Writer, histories []prompt.History, id string) error {
	found := false
	for _, h := range histories {
		if h.PromptID == id || h.ID.String() == id {
			if found {
				fmt.Fprintln(out)
			}
			found = true
			if err := writeHistory(out, h); err != nil {
				return err
			}
		}
	}
	if !found {
		return fmt.Errorf("show: no event of that prompt among those of %d prompts", len(histories))
	}
	return nil
}

// span writes a duration as people read it.
func span(d time.Duration) string {
	unit := time.Millisecond
	if d >= 10*time.Second {
		unit = 100 * time.Millisecond
	}
	return d.Round(unit).String()
}
