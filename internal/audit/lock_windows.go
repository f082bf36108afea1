package audit

import (
	"errors"
	"os"
	"syscall"
)

// lockFile opens a file that no other process can open, until it is closed.
func lockFile(path string) (*os.File, error) {
	name, err := syscall.UTF16PtrFromString(path)
	if err != nil {
		return nil, err
	}
	h, err := syscall.CreateFile(name, syscall.GENERIC_READ|syscall.GENERIC_WRITE, 0, nil, syscall.OPEN_ALWAYS, syscall.FILE_ATTRIBUTE_NORMAL, 0)
	if err != nil {
		return nil, errLocked
	}
	return os.NewFile(uintptr(h), path), nil
}

// syncDir does nothing: Windows cannot flush a folder.
func syncDir(string) error { return nil }

// sharingViolation is ERROR_SHARING_VIOLATION.
const sharingViolation syscall.Errno = 32

// isInUse reports whether a file cannot be replaced since another program has it open, such as
// coworkctl audit verify for the moment in which it reads the head.
func isInUse(err error) bool {
	return errors.Is(err, sharingViolation) || errors.Is(err, syscall.ERROR_ACCESS_DENIED)
}

// giveToOwner does nothing: files inherit the rights of their folder.
func giveToOwner(*os.File) error { return nil }
