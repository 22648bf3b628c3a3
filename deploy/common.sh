# What install, upgrade and rollback share. Sourced by sh; every path hangs under $root, "" on a real server.

umask 022
root=
user=ceting
port=8000

say() { printf '%s\n' "$*"; }
die() {
    printf 'BERHENTI: %s\n' "$*" >&2
    exit 1
}

# Runs its words, or only says them with --dry-run.
do_it() {
    if [ "${dry:-}" = yes ]; then say "  [akan dijalankan] $*"; else "$@"; fi
}

set_paths() {
    case "$root" in "" | /*) ;; *) die "--root harus alamat lengkap, misalnya /tmp/coba." ;; esac
    root=${root%/}
    releases=$root/opt/ceting/releases
    current=$root/opt/ceting/current
    previous=$root/opt/ceting/previous
    env_file=$root/etc/ceting/ceting.env
    home=$root/var/lib/ceting
    backups=$root/var/backups/ceting
    units=$root/etc/systemd/system
    # In a tree of its own there is no system user: whoever runs the script is the service.
    if [ -n "$root" ]; then user=$(id -un); fi
}

need_root() {
    [ -n "$root" ] || [ "$(id -u)" = 0 ] || die "Jalankan sebagai root: sudo $0"
}

# One at a time: two upgrades at once would take each other's release for the old one.
only_one() {
    [ "${dry:-}" = yes ] && return
    mkdir -p "$root/opt/ceting"
    exec 9>"$root/opt/ceting/.lock"
    flock -n 9 || die "Pemasangan atau pembaruan lain sedang berjalan."
}

version_of() {
    sed -n 's/^version = "\([0-9A-Za-z.+-]*\)"$/\1/p' "$1/pyproject.toml" | head -n 1
}

# Copies a source folder to releases/<version> and makes its Python environment. A release is never changed later.
make_release() {
    source=$1 release=$releases/$2
    if [ -e "$release/.complete" ]; then
        say "Rilis $2 sudah ada di $release."
        return
    fi
    say "Menyiapkan rilis $2 di $release ..."
    [ "${dry:-}" = yes ] && return
    rm -rf "$release"
    mkdir -p "$release"
    for piece in ceting pyproject.toml uv.lock README.md LICENSE CHANGELOG.md src deploy docs; do
        [ ! -e "$source/$piece" ] || cp -R "$source/$piece" "$release/"
    done
    find "$release" -name __pycache__ -prune -exec rm -rf {} +
    # The bootstrap of the house: uv from PyPI when there is none, the Python that is here, no Node.
    (cd "$release" && env -u CETING_ENV_FILE ./ceting --help >/dev/null) ||
        die "Rilis $2 tidak bisa disiapkan. Periksa sambungan internet, lalu ulangi."
    "$release/.venv/bin/python" -m compileall -q "$release/src" || die "Rilis $2 rusak."
    chmod -R go-w "$release"
    : >"$release/.complete"
}

# ceting of a release, as the service's user, with its settings: as_service <release> <words...>
as_service() {
    there=$1
    shift
    # Only the settings file speaks: nothing of the shell that calls may lead to another database.
    set -- env -i "PATH=$PATH" "CETING_ENV_FILE=$env_file" "$there/.venv/bin/ceting" "$@"
    if [ -n "$root" ]; then "$@"; else runuser -u "$user" -- "$@"; fi
}

# Points current at a release, in one step.
switch_to() {
    ln -sfn "$1" "$current.new"
    mv -T "$current.new" "$current"
}

systemctl_() {
    if [ -n "${CETING_SYSTEMCTL:-}" ]; then
        "$CETING_SYSTEMCTL" "$@"
    elif [ -z "$root" ]; then
        systemctl "$@"
    fi
}

stop_services() { systemctl_ stop ceting-web.service ceting-work.service; }
start_services() { systemctl_ start ceting-web.service ceting-work.service; }

# Whether the server answers within a minute (CETING_PATIENCE: within so many seconds).
answers() { as_service "$1" health --answers --wait "${CETING_PATIENCE:-60}"; }

# The unit files, filled in: @ROOT@ and @USER@.
write_units() {
    do_it mkdir -p "$units"
    for unit in "$1"/deploy/units/*; do
        name=$(basename "$unit")
        say "  $units/$name"
        [ "${dry:-}" = yes ] && continue
        sed -e "s|@ROOT@|$root|g" -e "s|@USER@|$user|g" "$unit" >"$units/$name.new"
        mv "$units/$name.new" "$units/$name"
    done
}
