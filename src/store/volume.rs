//! What kind of file system a file lies on. Locks of SQLite are not reliable on network file systems.

use std::path::Path;

/// File systems that are reached over a network, as Linux names them.
const NETWORKED: &[&str] = &[
    "nfs",
    "nfs4",
    "cifs",
    "smb3",
    "smbfs",
    "9p",
    "afs",
    "ceph",
    "fuse.sshfs",
    "glusterfs",
    "fuse.glusterfs",
    "lustre",
    "davfs",
    "fuse.davfs2",
    "fuse.rclone",
    "fuse.s3fs",
    "vboxsf",
    "beegfs",
];

/// The type of the file system that `path` lies on, where the system tells it (Linux).
pub fn kind_of(path: &Path) -> Option<String> {
    let mounts = std::fs::read_to_string("/proc/mounts").ok()?;
    let path = path.canonicalize().ok()?;
    kind_in(&mounts, &path)
}

/// Whether a file system of that type is reached over a network.
pub fn is_networked(kind: &str) -> bool {
    NETWORKED.contains(&kind)
}

/// The type of the innermost mount that holds `path`; of two at one place the later one covers the other.
fn kind_in(mounts: &str, path: &Path) -> Option<String> {
    let holding = mounts.lines().filter_map(|line| {
        let mut fields = line.split(' ').skip(1);
        let place = fields.next()?.replace("\\040", " ").replace("\\011", "\t");
        let kind = fields.next()?;
        path.starts_with(&place).then_some((place.len(), kind))
    });
    holding
        .max_by_key(|(length, _)| *length)
        .map(|(_, kind)| kind.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_innermost_mount_counts() {
        let mounts =
            "/dev/sda1 / ext4 rw 0 0\nsrv:/x /mnt/team\\040files nfs4 rw 0 0\ntmpfs /mnt tmpfs rw 0 0\n";
        let kind = |path: &str| kind_in(mounts, Path::new(path)).unwrap();
        assert_eq!(kind("/home/hub.db"), "ext4");
        assert_eq!(kind("/mnt/hub.db"), "tmpfs");
        assert_eq!(kind("/mnt/team files/hub.db"), "nfs4");
        assert!(is_networked(&kind("/mnt/team files/hub.db")) && !is_networked("ext4"));
    }
}
