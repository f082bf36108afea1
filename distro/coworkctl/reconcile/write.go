package reconcile

import (
	"encoding/json"
	"fmt"
	"io"
	"text/tabwriter"
	"time"
)

// WriteJSON writes the report as JSON.
func (r *Report) WriteJSON(out io.Writer) error {
	encoder := json.NewEncoder(out)
	encoder.SetIndent("", "  ")
	return encoder.Encode(r)
}

// WriteText writes the report as tables.
func (r *Report) WriteText(out io.Writer) error {
	fmt.Fprintf(out, "listed sessions  %d, of %d seats\nfound            %d (%.1f %%)\nsilent           %d, and %d seats without any session\nunlisted         %d\nskipped          %d of other products, or not begun\n",
		r.Listed, r.Seats, r.Found, r.Percent(), len(r.Silent), r.NoSeats, len(r.Unlisted), r.Skipped)
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	if len(r.Silent) > 0 {
		fmt.Fprint(w, "\ncreated (UTC)\tsilent session\tuser\treason\tevidence\n")
	}
	for _, s := range r.Silent {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", s.Created.UTC().Format(time.DateTime), s.ID, s.User, s.Reason, s.Evidence)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	if len(r.Unlisted) > 0 {
		fmt.Fprint(w, "\nstarted (UTC)\tunlisted session\tuser\treason\n")
	}
	for _, s := range r.Unlisted {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", s.Start.UTC().Format(time.DateTime), s.ID, s.User, s.Reason)
	}
	if len(r.Costs) > 0 {
		fmt.Fprint(w, "\nday (UTC)\tuser\tlisted USD\ttelemetry USD\n")
	}
	for _, d := range r.Costs {
		fmt.Fprintf(w, "%s\t%s\t%.2f\t%.2f\n", d.Day, d.User, d.Listed, d.Telemetry)
	}
	return w.Flush()
}
