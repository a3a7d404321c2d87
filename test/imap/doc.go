// Package imap reads a mailbox at a real mail server on this computer. run.sh
// starts the server and the test.
package imap
