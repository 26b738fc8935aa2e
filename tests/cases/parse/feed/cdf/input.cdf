<?xml version="1.0"?>
<CHANNEL HREF="https://old.example/"><TITLE>Old Channel News</TITLE>
<ITEM HREF="https://old.example/a"><TITLE>Mill to reopen</TITLE><ABSTRACT>The mill will reopen in May.</ABSTRACT></ITEM>
</CHANNEL>
