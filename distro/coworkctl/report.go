package main

import (
	"errors"
	"fmt"
	"net/http"
	"os"
	"time"

	"github.com/spf13/cobra"

	"github.com/cowork-otel/collector/distro/coworkctl/monthly"
	"github.com/cowork-otel/collector/distro/coworkctl/otlp"
)

func newReport(env environment) *cobra.Command {
	var (
		client                monthly.Client
		headers               []string
		month, format, output string
	)
	cmd := &cobra.Command{
		Use:   "report",
		Short: "Write a report on a month for managers, as HTML or PDF",
		Long: "Write a report on a month: cost by team with budgets, adoption, failures and security,\n" +
			"compared with the month before. It reads the page of cowork_dashboard. The HTML file has\n" +
			"no scripts and loads nothing. PDF needs Chromium.",
		RunE: func(cmd *cobra.Command, _ []string) error {
			client.Headers = http.Header{}
			for i, written := range headers {
				h, err := otlp.ParseHeader(written)
				if err != nil {
					return fmt.Errorf("--header %d: %w", i+1, err)
				}
				client.Headers.Add(h.Name, h.Value)
			}
			if format != "html" && format != "pdf" {
				return errors.New("--format: is unknown (html or pdf)")
			}
			m, err := monthly.ParseMonth(month, env.now())
			if err != nil {
				return err
			}
			report, err := monthly.Read(cmd.Context(), &client, m, env.now())
			if err != nil {
				return err
			}
			content, err := report.HTML()
			if format == "pdf" {
				content, err = report.PDF(cmd.Context())
			}
			if err != nil {
				return err
			}
			if output == "-" {
				_, err = env.stdout.Write(content)
				return err
			}
			if output == "" {
				output = "cowork-" + m.Name() + "." + format
			}
			if err := os.WriteFile(output, content, 0o600); err != nil {
				return err
			}
			fmt.Fprintf(env.stdout, "wrote %s\n", output)
			return nil
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&client.Page, "endpoint", "http://localhost:4320", "address of the page of cowork_dashboard")
	flags.StringVar(&month, "month", "", "month as 2006-01; the last complete one if not set")
	flags.StringVar(&format, "format", "html", "html or pdf")
	flags.StringVar(&output, "out", "", "file to write, - for the standard output; cowork-MONTH.FORMAT if not set")
	flags.StringArrayVar(&headers, "header", nil, "header as name=value; repeatable")
	flags.DurationVar(&client.Timeout, "timeout", 10*time.Second, "maximum duration of one request")
	return cmd
}
