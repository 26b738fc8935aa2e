DROP TABLE touched;
DROP TABLE derived;
DROP TABLE changed;
