// Package postgrestest starts a PostgreSQL server for tests.
//
// The server is that of Debian's package postgresql. It listens on a socket in a
// temporary folder and not on the network, and runs as the user nobody if the tests run
// as root, since it refuses root. Tests skip where it is not installed.
package postgrestest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // registers the driver
)

// A Server is a running PostgreSQL server with a folder of its own.
type Server struct {
	folder   string
	binaries string
	options  []string
	process  *exec.Cmd
	exited   chan struct{} // closed when the process has ended
}

// The time limits of the server. They are generous: they only end a test that hangs.
const (
	startTimeout = time.Minute
	stopTimeout  = 30 * time.Second
)

// Installed returns the folder of the newest installed server, "" if there is none.
func Installed() string {
	folders, _ := filepath.Glob("/usr/lib/postgresql/*/bin")
	slices.Sort(folders)
	for _, folder := range slices.Backward(folders) {
		if _, err := os.Stat(filepath.Join(folder, "initdb")); err == nil {
			return folder
		}
	}
	if path, err := exec.LookPath("initdb"); err == nil {
		return filepath.Dir(path)
	}
	return ""
}

// Start creates a server for a test, which stops at its end. Options are settings such as
// fsync=on. The test skips where PostgreSQL is not installed.
func Start(tb testing.TB, options ...string) *Server {
	tb.Helper()
	if Installed() == "" {
		tb.Skip("PostgreSQL is not installed (apt-get install postgresql)")
	}
	s, err := NewServer(options...)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(s.Close)
	return s
}

// NewServer creates a server for all tests of a package. [Server.Close] ends it and deletes its
// folder.
func NewServer(options ...string) (s *Server, err error) {
	s = &Server{binaries: Installed(), options: options}
	if s.folder, err = os.MkdirTemp("/tmp", "pg"); err != nil { // a path of a socket has at most 107 bytes
		return nil, err
	}
	if os.Geteuid() == 0 {
		err = os.Chown(s.folder, ordinaryUser, ordinaryUser)
	}
	if err == nil {
		err = s.command("initdb", "--pgdata", s.data(), "--username", "cowork", "--auth", "trust", "--encoding", "UTF8", "--locale", "C", "--no-sync").Run()
	}
	if err == nil {
		err = s.Start()
	}
	if err != nil {
		s.Close()
		return nil, fmt.Errorf("postgrestest: %w\n%s", err, s.log())
	}
	return s, nil
}

func (s *Server) data() string { return filepath.Join(s.folder, "data") }

func (s *Server) log() string {
	text, _ := os.ReadFile(filepath.Join(s.folder, "log"))
	return string(text)
}

// ordinaryUser is the id of nobody.
const ordinaryUser = 65534

// command returns a command that runs as an ordinary user and writes to the log.
func (s *Server) command(name string, args ...string) *exec.Cmd {
	cmd := exec.Command(filepath.Join(s.binaries, name), args...)
	cmd.Dir = s.folder
	cmd.Env = append(os.Environ(), "LC_ALL=C", "TZ=UTC")
	if os.Geteuid() == 0 {
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: ordinaryUser, Gid: ordinaryUser}}
	}
	if log, err := os.OpenFile(filepath.Join(s.folder, "log"), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600); err == nil {
		cmd.Stdout, cmd.Stderr = log, log
	}
	return cmd
}

// Start starts the server on its folder, and waits until it accepts connections. After
// [Server.Kill] it waits for the end of the processes of its connections.
func (s *Server) Start() error {
	ctx, cancel := context.WithTimeout(context.Background(), startTimeout)
	defer cancel()
	for {
		err := s.startOnce(ctx)
		if err == nil || ctx.Err() != nil || !strings.Contains(s.log(), "still in use") {
			return err
		}
	}
}

func (s *Server) startOnce(ctx context.Context) error {
	args := []string{"-D", s.data(), "-k", s.folder}
	for _, option := range append([]string{"listen_addresses=", "fsync=off", "shared_buffers=64MB", "log_min_messages=fatal"}, s.options...) {
		args = append(args, "-c", option)
	}
	s.process = s.command("postgres", args...)
	if err := s.process.Start(); err != nil {
		return err
	}
	watcher, err := watch(s.process.Process.Pid)
	if err != nil {
		return errors.Join(err, s.process.Process.Kill(), s.process.Wait())
	}
	s.exited = make(chan struct{})
	go func(process *exec.Cmd, exited chan struct{}) {
		_ = process.Wait()
		_ = watcher.Process.Kill()
		_ = watcher.Wait()
		close(exited)
	}(s.process, s.exited)
	db, err := sql.Open("pgx", s.URL("postgres"))
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	for {
		if err = db.PingContext(ctx); err == nil {
			return nil
		}
		select {
		case <-s.exited:
			return fmt.Errorf("the server has ended: %w", err)
		case <-ctx.Done():
			return err
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// watch starts a process that ends a server after the tests were killed: its input ends
// with them.
func watch(server int) (*exec.Cmd, error) {
	cmd := exec.Command("sh", "-c", `read -r line; kill -QUIT "$0"`, strconv.Itoa(server))
	if _, err := cmd.StdinPipe(); err != nil {
		return nil, err
	}
	return cmd, cmd.Start()
}

// URL returns the address of a database.
func (s *Server) URL(database string) string {
	return "postgres://cowork@/" + database + "?sslmode=disable&host=" + url.QueryEscape(s.folder)
}

// Database creates an empty database with the name of the test and returns its address.
func (s *Server) Database(tb testing.TB) string {
	tb.Helper()
	db, err := sql.Open("pgx", s.URL("postgres"))
	if err != nil {
		tb.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	var n int
	if err := db.QueryRowContext(tb.Context(), "select count(*) from pg_database").Scan(&n); err != nil {
		tb.Fatal(err)
	}
	name := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return '_'
	}, strings.ToLower(tb.Name()))
	name = fmt.Sprintf("%.40s_%d", name, n)
	if _, err := db.ExecContext(tb.Context(), "create database "+name); err != nil {
		tb.Fatal(err)
	}
	return s.URL(name)
}

// Kill ends the server like a crash (kill -9), with the processes of its connections.
// [Server.Start] starts it again on the same data.
func (s *Server) Kill() {
	_ = s.process.Process.Kill()
	<-s.exited // its other processes end by themselves when it is gone
}

// Stop ends the server and its connections in order.
func (s *Server) Stop() {
	_ = s.process.Process.Signal(os.Interrupt)
	select {
	case <-s.exited:
	case <-time.After(stopTimeout):
		s.Kill()
	}
}

// Close stops the server and deletes its folder.
func (s *Server) Close() {
	if s.exited != nil {
		s.Stop()
	}
	_ = os.RemoveAll(s.folder)
}
