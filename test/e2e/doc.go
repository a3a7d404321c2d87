// Package e2e drives the built window as a person would. Its tests need a
// display and a keyring: scripts/e2e.sh provides both.
package e2e
