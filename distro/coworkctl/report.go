package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"time"

	"github.com/spf13/cobra"

	"github.com/cowork-otel/collector/distro/coworkctl/monthly"
)

// reportFlags are the flags of coworkctl report.
type reportFlags struct {
	client             monthly.Client
	headers            []string
	month, format, out string
}

func newReport(env environment) *cobra.Command {
	var r reportFlags
	cmd := &cobra.Command{
		Use:   "report",
		Short: "Write a report on a month for managers, as HTML or PDF",
		Long: "Write a report on a month: cost by team with budgets, adoption, failures and security,\n" +
			"compared with the month before. It reads the page of cowork_dashboard. The HTML file has\n" +
			"no scripts and loads nothing. PDF needs Chromium.",
		RunE: func(cmd *cobra.Command, _ []string) error { return r.write(cmd.Context(), env) },
	}
	flags := cmd.Flags()
	flags.StringVar(&r.client.Page, "endpoint", "http://localhost:4320", "address of the page of cowork_dashboard")
	flags.StringVar(&r.month, "month", "", "month as 2006-01; the last complete one if not set")
	flags.StringVar(&r.format, "format", "html", "html or pdf")
	flags.StringVar(&r.out, "out", "", "file to write, - for the standard output; cowork-MONTH.FORMAT if not set")
	flags.StringArrayVar(&r.headers, "header", nil, "header as name=value; repeatable")
	flags.DurationVar(&r.client.Timeout, "timeout", 10*time.Second, "maximum duration of one request")
	return cmd
}

// write reads the page, and writes the report to a file or the standard output.
func (r *reportFlags) write(ctx context.Context, env environment) error {
	headers, err := parseHeaders(r.headers)
	if err != nil {
		return err
	}
	r.client.Headers = http.Header{}
	for _, h := range headers {
		r.client.Headers.Add(h.Name, h.Value)
	}
	if r.format != "html" && r.format != "pdf" {
		return errors.New("--format: is unknown (html or pdf)")
	}
	m, err := monthly.ParseMonth(r.month, env.now())
	if err != nil {
		return err
	}
	report, err := monthly.Read(ctx, &r.client, m, env.now())
	if err != nil {
		return err
	}
	content, err := report.HTML()
	if r.format == "pdf" {
		content, err = report.PDF(ctx)
	}
	if err != nil {
		return err
	}
	if r.out == "-" {
		_, err = env.stdout.Write(content)
		return err
	}
	if r.out == "" {
		r.out = "cowork-" + m.Name() + "." + r.format
	}
	if err := os.WriteFile(r.out, content, 0o600); err != nil {
		return err
	}
	fmt.Fprintf(env.stdout, "wrote %s\n", r.out)
	return nil
}
