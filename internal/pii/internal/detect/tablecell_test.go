package detect

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

func TestEachCell(t *testing.T) {
	for _, c := range []struct{ at, in, want string }{
		{"Mobile", "| Name | Mobile |\n|---|---|\n| Kim | 5125550164 |\n| Lee | n/a |\n\n| x | 5125550199 |", "Mobile=5125550164"},
		{"phone", "name,phone,bsn\n\"Doe, Kim\",\"5125550164\",482913706\n", "phone=5125550164 bsn=482913706"},
		{"Mobile", "| Name | Mobile No. | Contact number |\n| Kim | 5125550164 | 5125550165 |", "Mobile No.=5125550164 Contact number=5125550165"},
		{"phone", "id\tphone\n7\t3125550142", "phone=3125550142"},
		{"phone", "INSERT INTO t (id, phone) VALUES (7, '5125550164'),\n (8, 'a,)b')", "phone=5125550164"},
		{"phone", "insert into t (phone) values (5125550164), (5125550165)", "phone=5125550164 phone=5125550165"},
		{"Mobile", "| Page | Mobile |\n| / | 9938271 |", ""},
		{"phone", "the phone, the desk\nand 5125550164", ""},
		{"phone", "phone\n5125550164", ""},
		{"phone", "call(id, phone)", ""},
		{"phone", "a=1, phone: 5\n2, 5125550164", ""},
	} {
		var r Reader
		r.Reset(text.View{Text: c.in})
		var got []string
		for range 2 { // a table is read once
			EachCell(&r, strings.Index(c.in, c.at), func(heading string, start, end int) {
				got = append(got, fmt.Sprintf("%s=%s", heading, c.in[start:end]))
			})
		}
		require.Equal(t, c.want, strings.Join(got, " "), c.in)
	}
}
