package coworkeventprocessor

import (
	"context"
	"errors"

	"go.opentelemetry.io/collector/client"
	"go.opentelemetry.io/collector/consumer/consumererror"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"

	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/tenant"
	"github.com/cowork-otel/collector/processor/coworkeventprocessor/internal/metadata"
)

// A signal is a kind of telemetry, which is a label of the counters.
type signal string

const (
	logsSignal    signal = "logs"
	metricsSignal signal = "metrics"
	tracesSignal  signal = "traces"
)

// errNoTenant is permanent: the sender would repeat the batch in vain.
var errNoTenant = consumererror.NewPermanent(errors.New("tenants: the sender has no token (auth of the receiver must be cowork_tenants, without a batch processor behind it)"))

// A tenantCheck compares the items of a batch with the organizations of its sender's
// token. It is nil if the sender has no token. It is not safe for concurrent use.
type tenantCheck struct {
	cfg        Tenants
	trustMarks bool
	signal     signal
	sender     *tenant.Tenant
	allows     func(organization string) bool

	mismatches, missing int64
	claimed             string // the organization of the first mismatch
}

// newTenantCheck returns the check of a batch, or an error if a sender without a token is
// refused.
func newTenantCheck(ctx context.Context, cfg *Config, of signal, telemetry *metadata.TelemetryBuilder) (*tenantCheck, error) {
	sender, ok := client.FromContext(ctx).Auth.(*tenant.Tenant)
	if !ok {
		if cfg.Tenants.Required {
			telemetry.ProcessorCoworkEventWithoutTenant.Add(ctx, 1, metric.WithAttributes(attribute.String("signal", string(of))))
			return nil, errNoTenant
		}
		return nil, nil
	}
	return &tenantCheck{cfg: cfg.Tenants, trustMarks: cfg.TrustMarks, signal: of, sender: sender, allows: sender.Allows}, nil
}

// claims returns what a map claims, in addition to what the maps around it claim.
func (c *tenantCheck) claims(around cowork.Claim, m pcommon.Map) cowork.Claim {
	if c == nil {
		return around
	}
	return around.ReadClaim(m, c.allows)
}

// passes decides on an item by all that it claims. It writes the marks into the item's
// attributes, and reports whether the item is passed on.
func (c *tenantCheck) passes(claim cowork.Claim, attributes pcommon.Map) bool {
	switch {
	case claim.Foreign:
		if c.mismatches++; c.mismatches == 1 {
			c.claimed = claim.Organization
		}
		if c.cfg.OnMismatch == MismatchRefuse {
			return false
		}
		attributes.PutBool(cowork.TenantMismatchAttribute, true)
	case !claim.Named:
		c.missing++
		if c.cfg.OnMissing == MissingRefuse {
			return false
		}
		if organization, one := c.sender.Organization(); one && c.cfg.OnMissing == MissingSet {
			attributes.PutStr(cowork.OrganizationAttribute, organization)
		}
	}
	if _, marked := attributes.Get(cowork.TenantAttribute); !marked || !c.trustMarks {
		attributes.PutStr(cowork.TenantAttribute, c.sender.Name())
	}
	return true
}

// renames reports whether the organizations of a claim are renamed, since its items are
// marked.
func (c *tenantCheck) renames(claim cowork.Claim) bool {
	return c != nil && claim.Foreign && c.cfg.OnMismatch == MismatchMark
}

// rename renames the organizations in a map that are not the sender's.
func (c *tenantCheck) rename(claim cowork.Claim, m pcommon.Map) {
	if c.renames(claim) {
		cowork.RenameClaims(m, c.allows)
	}
}

// drops reports whether an item was dropped.
func (c *tenantCheck) drops() bool {
	return c.mismatches > 0 && c.cfg.OnMismatch == MismatchRefuse || c.missing > 0 && c.cfg.OnMissing == MissingRefuse
}

// recordCounters adds the counters of a batch to the component's instruments.
func (c *tenantCheck) recordCounters(ctx context.Context, to *metadata.TelemetryBuilder) {
	if c == nil {
		return
	}
	labels := func(action string) metric.MeasurementOption {
		return metric.WithAttributes(attribute.String("signal", string(c.signal)), attribute.String("action", action))
	}
	if c.mismatches > 0 {
		to.ProcessorCoworkEventTenantMismatches.Add(ctx, c.mismatches, labels(string(c.cfg.OnMismatch)))
	}
	if c.missing > 0 {
		to.ProcessorCoworkEventTenantMissing.Add(ctx, c.missing, labels(string(c.cfg.OnMissing)))
	}
}
