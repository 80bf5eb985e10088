#!/bin/sh
# Writes a tiny made-up estate into the current folder: 4 blocks, a yard, a road with a gate, one
# sewer down a gentle slope. For the cases only.
set -- 444500 4429640
cat >estate.osm <<'OSM'
<?xml version="1.0" encoding="UTF-8"?>
<osm version="0.6">
<node id="1" lat="39.9990" lon="116.3500"/><node id="2" lat="40.0000" lon="116.3500"/>
<node id="3" lat="40.0006" lon="116.3500"><tag k="barrier" v="gate"/></node>
OSM
awk 'BEGIN {
    id = 100; way = 10
    for (b = 0; b < 4; b++) {
        south = 39.9991 + 0.0002 * b; north = south + 0.0001; west = 116.3502; east = west + 0.0006
        printf "<node id=\"%d\" lat=\"%.5f\" lon=\"%.5f\"/><node id=\"%d\" lat=\"%.5f\" lon=\"%.5f\"/>", id, south, west, id + 1, south, east
        printf "<node id=\"%d\" lat=\"%.5f\" lon=\"%.5f\"/><node id=\"%d\" lat=\"%.5f\" lon=\"%.5f\"/>\n", id + 2, north, east, id + 3, north, west
        ways = ways sprintf("<way id=\"%d\"><nd ref=\"%d\"/><nd ref=\"%d\"/><nd ref=\"%d\"/><nd ref=\"%d\"/><nd ref=\"%d\"/><tag k=\"building\" v=\"apartments\"/><tag k=\"building:levels\" v=\"6\"/></way>\n", way++, id, id + 1, id + 2, id + 3, id)
        id += 4
    }
    south = 39.9992; north = 39.9996; west = 116.3494; east = 116.3499
    printf "<node id=\"%d\" lat=\"%.5f\" lon=\"%.5f\"/><node id=\"%d\" lat=\"%.5f\" lon=\"%.5f\"/>", id, south, west, id + 1, south, east
    printf "<node id=\"%d\" lat=\"%.5f\" lon=\"%.5f\"/><node id=\"%d\" lat=\"%.5f\" lon=\"%.5f\"/>\n", id + 2, north, east, id + 3, north, west
    ways = ways sprintf("<way id=\"%d\"><nd ref=\"%d\"/><nd ref=\"%d\"/><nd ref=\"%d\"/><nd ref=\"%d\"/><nd ref=\"%d\"/><tag k=\"amenity\" v=\"parking\"/><tag k=\"capacity\" v=\"40\"/></way>\n", way++, id, id + 1, id + 2, id + 3, id)
    printf "%s", ways
}' >>estate.osm
cat >>estate.osm <<'OSM'
<way id="40"><nd ref="1"/><nd ref="2"/><nd ref="3"/><tag k="highway" v="residential"/></way>
</osm>
OSM
# The estate lies around 444500, 4429700 in EPSG:4548 (CGCS2000, 117 E).
cat >sewer.inp <<'INP'
[TITLE]
made up for a test
[OPTIONS]
FLOW_UNITS CMS
[JUNCTIONS]
M1 47.5 3
M2 47.0 3
[OUTFALLS]
O1 46.0 FREE NO
[CONDUITS]
P1 M1 M2 50 0.013 0 0
P2 M2 O1 50 0.013 0 0
[XSECTIONS]
P1 CIRCULAR 0.4 0 0 0
P2 CIRCULAR 0.4 0 0 0
[TAGS]
Node M1 gully:0.6
Node M2 gully:0.6
[COORDINATES]
M1 EASTING NORTHING+100
M2 EASTING NORTHING+50
O1 EASTING NORTHING
INP
awk -v east="$1" -v north="$2" '{
    gsub("EASTING", east); gsub("NORTHING\\+100", north + 100)
    gsub("NORTHING\\+50", north + 50); gsub("NORTHING", north); print }' sewer.inp >sewer.tmp
mv sewer.tmp sewer.inp
awk -v east="$1" -v north="$2" 'BEGIN {
    printf "ncols 60\nnrows 60\nxllcorner %d\nyllcorner %d\ncellsize 4\nNODATA_value -9999\n", east - 120, north - 40
    for (row = 59; row >= 0; row--) {
        for (col = 0; col < 60; col++) printf "%.2f ", 49 + 0.02 * row
        printf "\n" } }' >dem.asc
