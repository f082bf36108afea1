package main

import "github.com/spf13/cobra"

// newGen returns the parent of the commands that generate telemetry.
func newGen(env environment) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "gen",
		Short: "Generate synthetic telemetry",
		Long: "Generate the telemetry of an organization that uses Claude Cowork. All persons,\n" +
			"prompts, costs and secrets in it are invented.",
		SuggestFor: []string{"generate", "synthetic"},
	}
	cmd.AddCommand(newGenSend(env), newGenDemo(env), newGenPrompt(env), newGenPrint(env))
	return cmd
}
