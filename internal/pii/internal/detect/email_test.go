package detect

import (
	"testing"

	"github.com/cowork-otel/collector/internal/pii/internal/span"
)

func TestEmail(t *testing.T) {
	checkRows(t, Email, isSign('@'), span.Email, []row{
		{"", "write to jane.doe+news@mail.example.com.", "jane.doe+news@mail.example.com"},
		{"", "o'neill@example.org, x@y.de", "o'neill@example.org|x@y.de"},
		{"", "müller@bücher.example", "müller@bücher.example"},
		{"", `"a\njane@example.com"`, "jane@example.com"},
		{"", "report-jane@example.com_2026.csv", "report-jane@example.com"},
		{"", "jane@xn--bcher-kva.xn--p1ai", "jane@xn--bcher-kva.xn--p1ai"},
		{"", "noreply@corp.example, no-reply@corp.example, do_not_reply+ci@corp.example", ""},
		{"", "noreplying@corp.example", "noreplying@corp.example"},
		{"", "ssh://git@git.corp.example and url.git@github.com.insteadOf", ""},
		{"", "str = +@reader.read", ""},
		{"", "aes256-gcm@openssh.com", ""},
		{"", "git clone git@github.com:owner/repository.git", ""},
		{"", "icon@2x.png and getty@tty1.service", ""},
		{"", "actions/checkout@v4.1.1-beta.rc", ""},
		{"", "@media and name@host", ""},
		{"", "jane.@example.com", ""},
		{"", "this@MainActivity.finish(), super@Outer.onStop(), return@run.name", ""},
		{"", "y = X@w.reshape(-1) + (x@self.weight.t()) - h@layer.kernel", ""},
		{"value@odata.count", "value@odata.count", ""},
		{"", "bg@2x.avif, bg@3x.min.jpg, main@bundle.part.js", ""},
		{"", "this@example.com, x@corp.internal, j@studio.berlin, jane@2x.com", "this@example.com|x@corp.internal|j@studio.berlin|jane@2x.com"},
		{"", "send(jane.doe@firma.photography) to kim@odata.org(work)", "jane.doe@firma.photography|kim@odata.org"},
		{"", "<175728472+Copilot@users.noreply.github.com>, renovate-bot@corp.example, ci-bot@github.com", ""},
		{"", "12345+jdoe@users.noreply.github.com, ci-bot@corp.example, abbot@github.com", "12345+jdoe@users.noreply.github.com|ci-bot@corp.example|abbot@github.com"},
		{"", "hg@bitbucket.org: denied, svn@svn.corp.example/repo, acme@ssh.dev.azure.com", ""},
		{"", "SELECT name FROM t@hq.acme.com WHERE id, select a from t@remote.world where b", ""},
		{"", "select all mails from jane@acme.com please, mail FROM jane@acme.com", "jane@acme.com|jane@acme.com"},
		{"", "select all emails from jane.doe@example.com order by date", "jane.doe@example.com"},
		{"", "update the ticket and join jane.doe@corp.example where she is", "jane.doe@corp.example"},
		{"", "rabbit@gmail.com wrote, celery@web.de too, netlify@gmail.com", "rabbit@gmail.com|celery@web.de|netlify@gmail.com"},
		{"", "rabbit@mq1.cluster.local, app@app-0.app.svc.cluster.local, iex --name shop@web1.corp.example", ""},
		{"", "<20260902143015.1.C7EAEBCEFB3DCB75@mg.corp.example>", ""},
		{"", "<jane.doe.20260902143015@mg.corp.example>", "jane.doe.20260902143015@mg.corp.example"},
		{"", "gitea@git.corp.example:team/shop.git but jane@git.corp.example: hello", "jane@git.corp.example"},
	})
}
