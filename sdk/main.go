// Runtime of Dagger modules written in Rust: builds the module's crate and
// returns the binary as the container that answers its calls.
package main

import (
	"context"
	"path"
	"strings"

	"dagger/rust-sdk/internal/dagger"
)

const (
	srcDir = "/src"
	binary = "/usr/local/bin/module"
)

// vendored are the crates of this SDK that a module's Cargo.toml names by path.
var vendored = []string{"dagger-module", "dagger-module-macros", "dagger-dependencies"}

// build compiles without optimisation or debug information: a module only
// sends queries, and its users wait for the compiler, not for the binary.
// Cargo judges freshness by modification time, which a checkout does not keep:
// hence the touch of every file that may be compiled or included. The crates of
// the SDK are left as they are: another SDK has another target volume.
const build = `set -e
find . -path '*/sdk/dagger-module*' -prune -o -type f -exec touch {} +
if [ -f Cargo.lock ]; then set -- --locked; fi
cargo build --message-format=json-render-diagnostics "$@" > /tmp/build.json
cp "$(sed -n 's/.*"executable":"\([^"]*\)".*/\1/p' /tmp/build.json | tail -n 1)" ` + binary

type RustSdk struct {
	Image string
}

// Choose the toolchain image (dagger.json: sdk.config.image).
func (m *RustSdk) WithConfig(
	// +default="rust:1.95.0-slim-bookworm@sha256:d7482085ff5b415f84dba5647ae71606650bdef00db7aeb69f4b3d170c3e4082"
	image string,
) *RustSdk {
	m.Image = image
	return m
}

// Build the module's binary and return it as a container.
func (m *RustSdk) ModuleRuntime(
	ctx context.Context,
	modSource *dagger.ModuleSource,
	introspectionJson *dagger.File,
) (*dagger.Container, error) {
	src, name, subpath, err := m.sources(ctx, modSource, introspectionJson)
	if err != nil {
		return nil, err
	}
	cargo, err := m.cargo(ctx, name)
	if err != nil {
		return nil, err
	}
	bin := cargo.
		WithMountedDirectory(srcDir, src).
		WithWorkdir(path.Join(srcDir, subpath)).
		WithExec([]string{"sh", "-c", build}).
		File(binary)
	return dag.Container().From(m.Image).WithFile(binary, bin).WithEntrypoint([]string{binary}), nil
}

// Write the crates that the module builds on, and a first module where there is none.
func (m *RustSdk) Codegen(
	ctx context.Context,
	modSource *dagger.ModuleSource,
	introspectionJson *dagger.File,
) (*dagger.GeneratedCode, error) {
	src, _, subpath, err := m.sources(ctx, modSource, introspectionJson)
	if err != nil {
		return nil, err
	}
	generated := dag.GeneratedCode(src)
	// In the SDK's own repository the crates are no copies: git must keep them.
	original, err := src.Exists(ctx, path.Join(subpath, "sdk", "main.go"))
	if err != nil || original {
		return generated, err
	}
	return generated.
		WithVCSGeneratedPaths([]string{"sdk/**"}).
		WithVCSIgnoredPaths([]string{"sdk", "target"}), nil
}

// sources are the module's files, the crates of the SDK where its Cargo.toml names
// them, and the code by which it calls its dependencies; with its name and place.
func (m *RustSdk) sources(
	ctx context.Context,
	modSource *dagger.ModuleSource,
	introspectionJson *dagger.File,
) (src *dagger.Directory, name string, subpath string, err error) {
	if name, err = modSource.ModuleOriginalName(ctx); err != nil {
		return
	}
	if subpath, err = modSource.SourceSubpath(ctx); err != nil {
		return
	}
	src = modSource.ContextDirectory()
	exists, err := src.Exists(ctx, path.Join(subpath, "Cargo.toml"))
	if err != nil {
		return
	}
	sdk := dag.CurrentModule().Source()
	if !exists {
		first, err := renamed(ctx, sdk.Directory("template"), name)
		if err != nil {
			return nil, "", "", err
		}
		// What is there already lies on top.
		src = dag.Directory().WithDirectory(subpath, first).WithDirectory(".", src)
	}
	for _, crate := range vendored {
		src = src.WithDirectory(path.Join(subpath, "sdk", crate), sdk.Directory(crate))
	}
	dependencies, err := modSource.Dependencies(ctx)
	if err != nil || len(dependencies) == 0 {
		return
	}
	cargo, err := m.cargo(ctx, "codegen")
	if err != nil {
		return
	}
	code := cargo.
		WithMountedDirectory(srcDir, sdk).
		WithMountedFile("/api.json", introspectionJson).
		WithWorkdir(path.Join(srcDir, "dagger-module-codegen")).
		WithExec([]string{"sh", "-c", "cargo run --quiet -- /api.json > /tmp/lib.rs"}).
		File("/tmp/lib.rs")
	src = src.WithFile(path.Join(subpath, "sdk/dagger-dependencies/src/lib.rs"), code)
	return
}

// cargo is the toolchain with the caches of what it fetches and of one crate's builds.
func (m *RustSdk) cargo(ctx context.Context, crate string) (*dagger.Container, error) {
	sdk, err := dag.CurrentModule().Source().Digest(ctx)
	return dag.Container().From(m.Image).
		WithMountedCache("/usr/local/cargo/registry", dag.CacheVolume("rust-sdk-registry")).
		WithMountedCache("/target", dag.CacheVolume("rust-sdk-target-"+crate+"-"+sdk)).
		WithEnvVariable("CARGO_TARGET_DIR", "/target").
		WithEnvVariable("CARGO_PROFILE_DEV_DEBUG", "0").
		WithEnvVariable("CARGO_PROFILE_DEV_STRIP", "symbols"), err
}

// renamed gives the template the module's name: the engine finds the main object
// by it, in upper camel case.
func renamed(ctx context.Context, dir *dagger.Directory, module string) (*dagger.Directory, error) {
	words := strings.FieldsFunc(module, func(r rune) bool { return strings.ContainsRune("-_. ", r) })
	crate := strings.ToLower(strings.Join(words, "-"))
	for i, word := range words {
		words[i] = strings.ToUpper(word[:1]) + word[1:]
	}
	names := strings.NewReplacer("hello", crate, "Hello", strings.Join(words, ""))
	for _, file := range []string{"Cargo.toml", "src/main.rs"} {
		text, err := dir.File(file).Contents(ctx)
		if err != nil {
			return nil, err
		}
		dir = dir.WithNewFile(file, names.Replace(text))
	}
	return dir, nil
}
