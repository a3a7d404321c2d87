package outlook

import (
	"context"
	"errors"

	"unlisted/checks/evidence/foldername"
	"unlisted/checks/evidence/mapi"
)

// The kinds of nodes, in the low bits of their numbers (MS-PST, 2.2.2.1), and
// those nodes that every store has (2.4.1).
const (
	kindMask    = 0x1f
	kindFolder  = 0x02
	kindMessage = 0x04

	nodeStore = 0x21
	nodeRoot  = 0x122
)

// The properties of folders and stores that are read (MS-OXOSFLD, 2.2).
const (
	displayName = 0x3001
	binOf       = 0x35e3
	sentOf      = 0x35e4
	outboxOf    = 0x35e2
	draftsOf    = 0x36d7
	moreOf      = 0x36d8 // a list: conflicts, sync failures, local and server failures, junk
	junkInMore  = 4
)

// walk goes through the tree of nodes in the order of their numbers. visit returns an
// error to stop; share is how much of the tree lies before the node. A page that
// cannot be read costs its nodes only. Keys that do not grow are of a page that
// was read before, so that no tree is walked twice.
func (f *file) walk(ctx context.Context, visit func(n node, share float64) error) error {
	w := &nodeWalk{f: f, ctx: ctx, visit: visit}
	for i := range w.last {
		w.last[i] = -1
	}
	return w.page(f.root, -1, 0, 1)
}

type nodeWalk struct {
	f     *file
	ctx   context.Context
	visit func(node, float64) error
	last  [maxLevels + 1]int64 // by level: the last key
}

func (w *nodeWalk) page(at uint64, level int, from, width float64) error {
	if err := w.ctx.Err(); err != nil {
		return err
	}
	p, err := w.f.page(at, nodeTree)
	if errors.Is(err, errTooMuch) {
		return err
	}
	if err != nil || level >= 0 && p.level != level {
		w.f.damaged = true
		return nil
	}
	width /= float64(max(p.n, 1))
	for i := range p.n {
		e := p.entry(i)
		key := int64(order.Uint32(e))
		if key <= w.last[p.level] {
			w.f.damaged = true
			return nil
		}
		w.last[p.level] = key
		share := from + float64(i)*width
		if p.level > 0 {
			err = w.page(w.f.number(e[2*w.f.id:]), p.level-1, share, width)
		} else {
			err = w.visit(node{
				id: uint32(key), parent: order.Uint32(e[3*w.f.id:]),
				data: w.f.number(e[w.f.id:]), sub: w.f.number(e[2*w.f.id:]),
			}, share)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// folder is one folder of a store.
type folder struct {
	parent uint32
	kind   foldername.Kind // by its own name or role
}

// maxFolders bounds the folders that are remembered.
const maxFolders = 50_000

// folders are those of a store by their number.
type folders map[uint32]folder

// readFolders finds all folders and what each is for: by its role, whatever it
// is called, or else by its name.
func (f *file) readFolders(ctx context.Context) (folders, error) {
	out, roles := folders{}, map[uint32]foldername.Kind{}
	err := f.walk(ctx, func(n node, _ float64) error {
		if n.id != nodeStore && n.id&kindMask != kindFolder || len(out) >= maxFolders {
			return nil
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		b, err := f.bagOf(n)
		if errors.Is(err, errTooMuch) {
			return err
		}
		if err != nil {
			f.damaged = true
			out[n.id] = folder{parent: n.parent}
			return nil
		}
		rolesOf(b, roles)
		if n.id != nodeStore {
			out[n.id] = folder{n.parent, foldername.OfPath(mapi.Text(b, displayName))}
		}
		return nil
	})
	for id, kind := range roles {
		if one, have := out[id]; have {
			one.kind = kind
			out[id] = one
		}
	}
	return out, err
}

// rolesOf reads which folders a store or a folder names for a purpose.
func rolesOf(b *bag, into map[uint32]foldername.Kind) {
	for id, kind := range map[uint16]foldername.Kind{
		binOf: foldername.Trash, sentOf: foldername.Sent, outboxOf: foldername.Outbox, draftsOf: foldername.Drafts,
	} {
		if _, v := b.Property(id); len(v) > 0 {
			role(v, kind, into)
		}
	}
	_, list := b.Property(moreOf)
	if len(list) < 4+4*(junkInMore+1) || order.Uint32(list) <= junkInMore {
		return
	}
	from, to := uint64(order.Uint32(list[4+4*junkInMore:])), uint64(len(list))
	if order.Uint32(list) > junkInMore+1 && len(list) >= 4+4*(junkInMore+2) {
		to = min(to, uint64(order.Uint32(list[4+4*(junkInMore+1):])))
	}
	if from < to {
		role(list[from:to], foldername.Spam, into)
	}
}

// role notes the folder that an identifier names (MS-PST, 2.4.3.2): 4 bytes of
// flags, 16 of the store, 4 of the node.
func role(id []byte, kind foldername.Kind, into map[uint32]foldername.Kind) {
	if len(id) >= 24 && order.Uint32(id[20:]) != nodeRoot {
		into[order.Uint32(id[20:])] = kind
	}
}

// maxNested bounds the folders above a folder.
const maxNested = 64

// kind is what a folder is for; what lies in a bin is in the bin.
func (all folders) kind(id uint32) foldername.Kind {
	for range maxNested {
		one, ok := all[id]
		if !ok || one.kind != foldername.Ordinary {
			return one.kind
		}
		if one.parent == id {
			break
		}
		id = one.parent
	}
	return foldername.Ordinary
}
