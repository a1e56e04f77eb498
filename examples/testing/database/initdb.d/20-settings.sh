echo "database for $(id -un)"
