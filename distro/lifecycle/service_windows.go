package lifecycle

import (
	"os"

	"go.opentelemetry.io/collector/otelcol"
	"golang.org/x/sys/windows"
	"golang.org/x/sys/windows/svc"
	"golang.org/x/sys/windows/svc/eventlog"
)

// NewServiceHandler returns the handler of a Windows service that runs the command of
// [NewCommand]. It takes the place of [otelcol.NewSvcHandler], which has neither the check
// of the configuration nor the limits of a stop.
func NewServiceHandler(set otelcol.CollectorSettings) svc.Handler { return serviceHandler{set} }

type serviceHandler struct{ set otelcol.CollectorSettings }

// Execute runs the collector until the system stops the service.
func (h serviceHandler) Execute(args []string, requests <-chan svc.ChangeRequest, changes chan<- svc.Status) (specific bool, code uint32) {
	if len(args) == 0 {
		return false, uint32(windows.ERROR_INVALID_SERVICENAME)
	}
	log, err := eventlog.Open(args[0])
	if err != nil {
		return false, uint32(windows.ERROR_EVENTLOG_CANT_START)
	}
	defer log.Close()
	changes <- svc.Status{State: svc.StartPending, WaitHint: 60_000}
	s := startService(h.set, os.Args[1:], log)
	failed := func(err error) (bool, uint32) {
		if err != nil {
			_ = log.Error(errorEvent, err.Error())
		}
		return false, uint32(windows.ERROR_EXCEPTION_IN_SERVICE)
	}
	select {
	case <-s.running:
	case err := <-s.ended:
		return failed(err)
	}
	changes <- svc.Status{State: svc.Running, Accepts: svc.AcceptStop | svc.AcceptShutdown}
	for {
		select {
		case err := <-s.ended:
			return failed(err)
		case r := <-requests:
			switch r.Cmd {
			case svc.Interrogate:
				changes <- r.CurrentStatus
			case svc.Stop, svc.Shutdown:
				changes <- svc.Status{State: svc.StopPending, WaitHint: uint32(HardLimit.Milliseconds()) + 2000}
				if err := s.stop(); err != nil {
					_ = log.Error(errorEvent, err.Error())
				}
				return false, 0
			}
		}
	}
}
